package org.metafusion.ensemble.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ClassificationMetricsTest {

    private static final double CLOSE = 1e-12;

    @Test
    void figuresWorkedByHand() {
        double[] probabilities = {0.9, 0.1, 0.6, 0.4, 0.2, 0.8, 0.7, 0.3};

        ClassificationMetrics metrics = ClassificationMetrics.of(probabilities, new int[] {0, 1, 1, 0}, 2);

        assertThat(metrics.accuracy()).isCloseTo(0.75, within(CLOSE));
        assertThat(metrics.balancedAccuracy()).isCloseTo((1 + 0.5) / 2, within(CLOSE));
        assertThat(metrics.macroF1()).isCloseTo((4.0 / 5 + 2.0 / 3) / 2, within(CLOSE));
        assertThat(metrics.auc()).isCloseTo(1, within(CLOSE));
        assertThat(metrics.brier()).isCloseTo(2 * (0.01 + 0.36 + 0.04 + 0.09) / 4, within(CLOSE));
        assertThat(metrics.logLoss()).isCloseTo(-Math.log(0.9 * 0.4 * 0.8 * 0.7) / 4, within(CLOSE));
        assertThat(metrics.ece()).isCloseTo((0.1 + 0.6 + 0.2 + 0.3) / 4, within(CLOSE));
        assertThat(metrics.values().keySet())
                .containsExactly(
                        "accuracy", "balancedAccuracy", "macroF1", "weightedF1", "auc", "logLoss", "ece15", "brier");
    }

    @Test
    void aClassWithoutRowsTakesNoPart() {
        double[] probabilities = {0.7, 0.2, 0.1, 0.2, 0.7, 0.1, 0.6, 0.3, 0.1, 0.3, 0.6, 0.1};
        int[] labels = {0, 1, 0, 1};

        ClassificationMetrics metrics = ClassificationMetrics.of(probabilities, labels, 3);

        assertThat(metrics.values().values()).doesNotContain(Double.NaN);
        assertThat(metrics.balancedAccuracy()).isEqualTo(1);
        assertThat(metrics.macroF1()).isEqualTo(1);
        assertThat(metrics.auc()).isEqualTo(1);
    }

    @Test
    void oneClassAloneGivesNoEvidenceOfRanking() {
        ClassificationMetrics metrics = ClassificationMetrics.of(new double[] {0.9, 0.1, 0.8, 0.2}, new int[2], 2);

        assertThat(metrics.auc()).isEqualTo(0.5);
        assertThat(metrics.values().values()).doesNotContain(Double.NaN);
    }

    @Test
    void certaintyThatIsWrongHasAFiniteLoss() {
        ClassificationMetrics metrics = ClassificationMetrics.of(new double[] {1, 0}, new int[] {1}, 2);

        assertThat(metrics.logLoss()).isCloseTo(52 * Math.log(2), within(1e-9));
        assertThat(metrics.ece()).isEqualTo(1);
        assertThat(metrics.brier()).isEqualTo(2);
    }

    @Test
    void aConfidenceOnABinsEdgeBelongsToTheLowerBin() {
        double edge = 9.0 / 15;
        double[] probabilities = {edge, 1 - edge, edge - 0.01, 1 - edge + 0.01};

        ClassificationMetrics metrics = ClassificationMetrics.of(probabilities, new int[] {0, 1}, 2);

        assertThat(metrics.ece()).isCloseTo(Math.abs(1 - edge - (edge - 0.01)) / 2, within(CLOSE));
    }

    @Test
    void tiedScoresShareOnePointAndCountHalf() {
        RocCurve curve = RocCurve.of(new double[] {0.9, 0.5, 0.5, 0.1}, new boolean[] {true, true, false, false});

        assertThat(curve.falsePositiveRate()).containsExactly(0, 0, 0.5, 1);
        assertThat(curve.truePositiveRate()).containsExactly(0, 0.5, 1, 1);
        assertThat(curve.area()).isEqualTo(0.875);
    }

    @Test
    void aRocCurveNeedsBothKindsOfRows() {
        assertThatThrownBy(() -> RocCurve.of(new double[] {0.4, 0.6}, new boolean[] {true, true}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A ROC curve needs positive and negative rows but got 2 and 0");
    }

    @Test
    void refusesProbabilitiesThatDoNotMatchTheLabels() {
        assertThatThrownBy(() -> ClassificationMetrics.of(new double[5], new int[] {0, 1}, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Metrics of 3 classes need one row or more and 3 probabilities each, but got 2 labels and"
                        + " 5 probabilities");
    }
}
