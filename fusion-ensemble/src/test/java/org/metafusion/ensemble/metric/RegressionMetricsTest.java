package org.metafusion.ensemble.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RegressionMetricsTest {

    @Test
    void figuresWorkedByHand() {
        RegressionMetrics metrics = RegressionMetrics.of(new double[] {2, 4, 9}, new double[] {1, 4, 7}, 1);

        assertThat(metrics.mse()).isCloseTo(5.0 / 3, within(1e-12));
        assertThat(metrics.rmse()).isCloseTo(Math.sqrt(5.0 / 3), within(1e-12));
        assertThat(metrics.mae()).isCloseTo(1, within(1e-12));
        assertThat(metrics.r2()).isCloseTo(1 - 5.0 / 18, within(1e-12));
        assertThat(metrics.pearson()).isCloseTo(21 / Math.sqrt(26 * 18.0), within(1e-12));
        assertThat(metrics.values().keySet()).containsExactly("mse", "rmse", "mae", "r2", "pearson");
    }

    @Test
    void outputsAreAveraged() {
        double[] predictions = {1, 0, 2, 0, 3, 0};
        double[] targets = {1, 1, 2, 2, 3, 3};

        RegressionMetrics metrics = RegressionMetrics.of(predictions, targets, 2);

        assertThat(metrics.r2()).isCloseTo((1 + (1 - 14.0 / 2)) / 2, within(1e-12));
        assertThat(metrics.pearson()).isCloseTo((1 + 0) / 2.0, within(1e-12));
        assertThat(metrics.mse()).isCloseTo(14.0 / 6, within(1e-12));
    }

    @Test
    void targetsThatDoNotVaryGiveNoNaN() {
        assertThat(RegressionMetrics.of(new double[] {1, 2}, new double[] {5, 5}, 1)
                        .values()
                        .values())
                .doesNotContain(Double.NaN);
        assertThat(RegressionMetrics.of(new double[] {1, 2}, new double[] {5, 5}, 1)
                        .r2())
                .isZero();
        assertThat(RegressionMetrics.of(new double[] {5, 5}, new double[] {5, 5}, 1)
                        .r2())
                .isEqualTo(1);
    }

    @Test
    void aPairedDifferenceHasTheErrorOfItsMean() {
        java.util.BitSet rows = new java.util.BitSet();
        rows.set(0, 3);

        PairedDifference difference = PairedDifference.of(new double[] {3, 5, 4, 99}, new double[] {2, 2, 2, 0}, rows);

        assertThat(difference.mean()).isCloseTo(2, within(1e-12));
        assertThat(difference.standardError()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
        assertThat(difference.exceeds(3)).isTrue();
        assertThat(difference.exceeds(4)).isFalse();
    }
}
