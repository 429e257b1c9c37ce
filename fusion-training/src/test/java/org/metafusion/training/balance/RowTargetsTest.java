package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Members;

final class RowTargetsTest {

    private final RowTargets values =
            new RowTargets(false, 1, new float[] {1, 2, 3, 4}, new float[] {1, 1, 0, 1}, Members.SHARED, 4);

    @Test
    void theMeanLossIsOverTheRowsThatAreSeen() {
        assertThat(values.meanLoss(0, new float[] {0, 0, 0, 0})).isCloseTo((1 + 4 + 16) / 3.0, within(1e-12));
    }

    @Test
    void rowsThatDoNotCountAreLeftOut() {
        assertThat(values.meanLoss(0, new float[] {0, 0, 0, 0}, row -> row != 3))
                .isCloseTo((1 + 4) / 2.0, within(1e-12));
        assertThat(values.meanLoss(0, new float[] {0, 0, 0, 0}, row -> row == 2))
                .isNaN();
    }
}
