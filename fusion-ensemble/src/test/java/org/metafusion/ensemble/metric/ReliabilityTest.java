package org.metafusion.ensemble.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

    @Test
    void rowsAreInTheBinOfTheirHighestProbability() {
        double[] probabilities = {0.9, 0.1, 0.2, 0.8, 0.81, 0.19, 0.5, 0.5};
        Reliability reliability = Reliability.of(probabilities, new int[] {0, 1, 1, 1}, 2);
        assertThat(reliability.bins()).hasSize(15);
        Reliability.Bin twelfth = reliability.bins().get(11); // (11/15, 12/15]: 0.8
        assertThat(twelfth.rows()).isEqualTo(1);
        assertThat(twelfth.accuracy()).isEqualTo(1);
        Reliability.Bin thirteenth = reliability.bins().get(12); // (0.8, 13/15]: 0.81
        assertThat(thirteenth.rows()).isEqualTo(1);
        assertThat(thirteenth.accuracy()).isZero();
        assertThat(thirteenth.excess()).isCloseTo(0.81, within(1e-12));
        assertThat(reliability.bins().get(7).rows()).isEqualTo(1); // (7/15, 8/15]: 0.5
        assertThat(reliability.bins().get(0).confidence()).isNaN();
        assertThat(reliability.rows()).isEqualTo(4);
        assertThat(reliability.accuracy()).isEqualTo(0.5);
        assertThat(reliability.confidence()).isCloseTo((0.9 + 0.8 + 0.81 + 0.5) / 4, within(1e-12));
        assertThat(reliability.error()).isCloseTo((0.1 + 0.2 + 0.81 + 0.5) / 4, within(1e-12));
    }

    @Test
    void probabilitiesThatAreRightAsOftenAsTheySayHaveNoError() {
        SplittableRandom random = new SplittableRandom(3);
        int rows = 40_000;
        double[] probabilities = new double[2 * rows];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double p = random.nextDouble();
            probabilities[2 * row] = 1 - p;
            probabilities[2 * row + 1] = p;
            labels[row] = random.nextDouble() < p ? 1 : 0;
        }
        // Eight bins hold about 5000 rows each; the error of a bin's accuracy is under 0.007.
        assertThat(Reliability.of(probabilities, labels, 2).error()).isLessThan(0.015);
    }
}
