package org.metafusion.ensemble.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExactKMeansTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void isAsGoodAsTheBestOfAllAssignments(int clusters) {
        Random random = new Random(clusters);
        for (int trial = 0; trial < 10; trial++) {
            double[] values = random.doubles(7, -3, 3).toArray();

            ExactKMeans kMeans = new ExactKMeans(values, 4);

            double best = bestOfAll(values, clusters);
            assertThat(kMeans.withinSquares(clusters)).isCloseTo(best, within(1e-12));
            assertThat(squares(values, kMeans.clusterOf(clusters), clusters)).isCloseTo(best, within(1e-12));
        }
    }

    @Test
    void numbersClustersFromTheLowestMeanInTheOrderGiven() {
        double[] values = {9, 1, 5, 1.1, 9.2};

        assertThat(new ExactKMeans(values, 3).clusterOf(3)).containsExactly(2, 0, 1, 0, 2);
    }

    @Test
    void keepsItsPrecisionFarFromZero() {
        double[] values = {1e9, 1e9 + 1e-3, 1e9 + 1, 1e9 + 1.001};

        assertThat(new ExactKMeans(values, 2).clusterOf(2)).containsExactly(0, 0, 1, 1);
    }

    @Test
    void refusesMoreClustersThanValues() {
        assertThatThrownBy(() -> new ExactKMeans(new double[] {1, 2}, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot make 3 clusters of 2 values");
    }

    private static double bestOfAll(double[] values, int clusters) {
        double best = Double.POSITIVE_INFINITY;
        int assignments = (int) Math.pow(clusters, values.length);
        for (int code = 0; code < assignments; code++) {
            int[] clusterOf = new int[values.length];
            for (int i = 0, rest = code; i < values.length; i++, rest /= clusters) {
                clusterOf[i] = rest % clusters;
            }
            best = Math.min(best, squares(values, clusterOf, clusters));
        }
        return best;
    }

    private static double squares(double[] values, int[] clusterOf, int clusters) {
        double[] sums = new double[clusters];
        int[] sizes = new int[clusters];
        for (int i = 0; i < values.length; i++) {
            sums[clusterOf[i]] += values[i];
            sizes[clusterOf[i]]++;
        }
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            double distance = values[i] - sums[clusterOf[i]] / sizes[clusterOf[i]];
            squares += distance * distance;
        }
        return squares;
    }
}
