package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
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

    @Test
    void theScoreOfAStudentIsThatOfTheRowsItSees() {
        float[] outputs = {1, 2.5f, 9, 3};
        assertThat(values.seenBy(0).stream()).containsExactly(0, 1, 3);
        assertThat(values.score(outputs, values.seenBy(0))).isEqualTo(values.score(0, outputs));
        assertThat(values.score(0, outputs)).isCloseTo(1 - 1.25 / (42 / 9.0), within(1e-12));
    }

    @Test
    void theScoreIsTheMeanOfWhatEachRowIsWorth() {
        BitSet rows = BitSet.valueOf(new long[] {0b1101});
        float[] outputs = {1, 2.5f, 2, 3};
        double[] worths = values.worths(outputs, rows);
        assertThat(worths[1]).isNaN();
        assertThat((worths[0] + worths[2] + worths[3]) / 3).isCloseTo(values.score(outputs, rows), within(1e-12));

        RowTargets classes =
                new RowTargets(true, 2, new float[] {0, 1, 1, 0}, new float[] {1, 1, 1, 1}, Members.SHARED, 4);
        float[] logits = {2, 1, 2, 1, 0, 3, 0, 3};
        assertThat(classes.worths(logits, rows)).containsExactly(1, Double.NaN, 1, 0);
        assertThat(classes.score(logits, rows)).isEqualTo(2 / 3.0);
        assertThat(classes.score(0, logits)).isEqualTo(0.5);
    }
}
