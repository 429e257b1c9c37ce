package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Targets;

final class RowLossTest {

    private final RowLoss crossEntropy =
            RowLoss.of(new Targets.Labels(Cohorts.classes(3), new int[] {2, 0, 2, 2, 1, 2, 0}));
    private final RowLoss squaredError = RowLoss.of(new Targets.Values(Cohorts.values(2), new float[] {1, 2, 3, 6}));

    @Test
    void crossEntropyIsMinusTheLogOfTheLabelsProbability() {
        assertThat(crossEntropy.at(0, new double[] {0, 0, Math.log(2)})).isCloseTo(Math.log(2), within(1e-12));
    }

    @Test
    void crossEntropyStandsHugeLogits() {
        assertThat(crossEntropy.at(0, new double[] {1e4, 0, 0})).isCloseTo(1e4, within(1e-9));
        assertThat(crossEntropy.at(1, new double[] {1e4, 0, 0})).isZero();
    }

    @Test
    void anUnseenRowIsGuessedByTheClassShares() {
        assertThat(crossEntropy.unseen(0)).isCloseTo(-Math.log(5.0 / 10), within(1e-12));
    }

    @Test
    void squaredErrorIsTheMeanOverTheOutputs() {
        assertThat(squaredError.at(1, new double[] {1, 3})).isEqualTo((4 + 9) / 2.0);
        assertThat(squaredError.unseen(1)).isCloseTo((1 + 4) / 2.0, within(1e-12));
    }

    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        assertGradient(crossEntropy, new double[] {0.3, -1.2, 0.8});
        assertGradient(squaredError, new double[] {0.3, -1.2});
    }

    private static void assertGradient(RowLoss loss, double[] output) {
        double[] gradient = new double[output.length];
        loss.gradient(1, output, gradient);
        for (int c = 0; c < output.length; c++) {
            double[] up = output.clone();
            double[] down = output.clone();
            up[c] += 1e-5;
            down[c] -= 1e-5;
            assertThat(gradient[c]).isCloseTo((loss.at(1, up) - loss.at(1, down)) / 2e-5, within(1e-8));
        }
    }
}
