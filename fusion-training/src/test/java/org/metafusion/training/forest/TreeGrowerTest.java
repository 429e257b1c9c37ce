package org.metafusion.training.forest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.training.representation.Draws;

/** One tree against what it must be. */
final class TreeGrowerTest {

    private static final int ROWS = 64;

    private final float[][] columns = new float[3][ROWS];
    private final int[] labels = new int[ROWS];

    TreeGrowerTest() {
        SplittableRandom random = new SplittableRandom(4);
        for (int row = 0; row < ROWS; row++) {
            for (float[] column : columns) {
                column[row] = (float) random.nextGaussian();
            }
            labels[row] = random.nextInt(4);
        }
    }

    private Trees grown(Responses responses, int smallestSplit, int[] rows) {
        TreeGrower grower = new TreeGrower(columns, responses, 3, smallestSplit);
        return grower.trees(new int[] {grower.grow(rows, new Draws(1))});
    }

    private float[] row(int row) {
        return new float[] {columns[0][row], columns[1][row], columns[2][row]};
    }

    @Test
    void aTreeGrownToTheEndKnowsEveryRow() {
        Trees trees = grown(
                new Responses.Classes(4, labels), 2, IntStream.range(0, ROWS).toArray());
        for (int row = 0; row < ROWS; row++) {
            double[] shares = new double[4];
            trees.add(trees.leaf(0, row(row), 0), shares, 0);
            assertThat(shares[labels[row]]).isEqualTo(1);
            assertThat(Arrays.stream(shares).sum()).isEqualTo(1);
        }
    }

    @Test
    void leavesHoldTheMeanOfTheirRows() {
        double[] values = IntStream.range(0, ROWS).mapToDouble(row -> row % 7).toArray();
        Trees trees = grown(
                new Responses.Values(1, values), 20, IntStream.range(0, ROWS).toArray());
        double[] sums = new double[trees.leaves().length];
        int[] counts = new int[trees.leaves().length];
        for (int row = 0; row < ROWS; row++) {
            int leaf = trees.leaf(0, row(row), 0);
            sums[leaf] += values[row];
            counts[leaf]++;
        }
        assertThat(counts.length).isGreaterThan(2);
        for (int leaf = 0; leaf < counts.length; leaf++) {
            assertThat((double) trees.leaves()[leaf]).isCloseTo(sums[leaf] / counts[leaf], within(1e-6));
        }
    }

    @Test
    void aNodeOfFewerRowsThanTheSmallestSplitIsALeaf() {
        Trees trees = grown(new Responses.Classes(4, labels), ROWS + 1, new int[] {0, 1, 2, 2});
        assertThat(trees.feature()).containsExactly(Trees.LEAF);
    }

    @Test
    void leavesThatSayTheSameAreOneRow() {
        Trees trees = grown(
                new Responses.Classes(4, labels), 2, IntStream.range(0, ROWS).toArray());
        assertThat(Arrays.stream(trees.feature()).filter(f -> f == Trees.LEAF).count())
                .isGreaterThan(20);
        assertThat(trees.leaves()).hasSize(4 * 4);
    }

    @Test
    void aPureNodeIsALeaf() {
        Trees trees = grown(new Responses.Classes(4, new int[ROWS]), 2, new int[] {0, 1, 2, 3});
        assertThat(trees.feature()).containsExactly(Trees.LEAF);
    }

    @Test
    void theFeatureThatTellsMostIsAskedFirst() {
        for (int row = 0; row < ROWS; row++) {
            columns[1][row] = labels[row] >= 2 ? 1f : 0f;
            labels[row] = labels[row] >= 2 ? 1 : 0;
        }
        Trees trees = grown(
                new Responses.Classes(2, labels), 2, IntStream.range(0, ROWS).toArray());
        assertThat(trees.feature()).containsExactly(1, Trees.LEAF, Trees.LEAF);
    }

    @Test
    void valuesAreStandardisedOutputByOutput() {
        Targets.Values targets =
                new Targets.Values(new Task.Regression(List.of("a", "b", "c")), new float[] {1, 100, 5, 3, 300, 5});
        Responses responses = Responses.of(targets);
        double[] sums = new double[3];
        responses.add(1, sums);
        assertThat(sums).containsExactly(1, 1, 0);
        assertThat(responses.square(0)).isEqualTo(2);
    }
}
