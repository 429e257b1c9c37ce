package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/** Features and targets in units of their deviation, and components up to the rank. */
final class ScalingTest {

    private static FeatureTable table(int missing, float... values) {
        BitSet lacking = new BitSet();
        if (missing >= 0) {
            lacking.set(missing);
        }
        return new FeatureTable(Modality.of("x", 2), values.length / 2, values, lacking);
    }

    @Test
    void missingRowsDoNotCountInMeanAndDeviation() {
        Standardiser standardiser = Standardiser.fit(table(1, 1, 5, 99, 99, 3, 5));
        assertThat(standardiser.mean()).containsExactly(2f, 5f);
        float[] scaled = standardiser.apply(table(0, 7, 7, 1, 5, 3, 5));
        assertThat(scaled).containsExactly(0f, 0f, -1f, 0f, 1f, 0f);
    }

    @Test
    void aConstantFeatureBecomesZeroEvenForOtherValues() {
        Standardiser standardiser = Standardiser.fit(table(-1, 1, 5, 3, 5));
        assertThat(standardiser.apply(table(-1, 2, 1000))).containsExactly(0f, 0f);
    }

    @Test
    void targetsAreStandardisedAndBackInTheirUnit() {
        Task.Regression task = new Task.Regression(List.of("a", "b"));
        Targets.Values targets = new Targets.Values(task, new float[] {1, 10, 3, 10, 5, 10});
        TargetScaling scaling = TargetScaling.fit(targets, 1);
        float[] scaled = scaling.scale(targets);
        assertThat(scaled[0]).isCloseTo((float) -Math.sqrt(1.5), within(1e-6f));
        assertThat(scaled[1]).isZero();
        double[] back = scaling.unscale(new double[] {scaled[0], scaled[1], scaled[2], scaled[3]});
        assertThat(back[0]).isCloseTo(1, within(1e-6));
        assertThat(back[1]).isEqualTo(10);
    }

    @Test
    void principalComponentsStopAtTheRank() {
        float[] line = {1, 2, 2, 4, 3, 6, 4, 8};
        assertThat(new PcaExtractor().fit(line, 4, 2, 2).width()).isEqualTo(1);
        assertThat(new PcaExtractor().fit(new float[] {1, 1, 1, 1}, 2, 2, 2).width())
                .isEqualTo(1);
    }
}
