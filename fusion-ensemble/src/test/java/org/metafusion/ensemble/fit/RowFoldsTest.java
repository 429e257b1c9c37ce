package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

final class RowFoldsTest {

    private static Targets.Labels labels(int... counts) {
        List<Integer> labels = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            labels.addAll(Collections.nCopies(counts[c], c));
        }
        Collections.shuffle(labels, new Random(1));
        List<String> names =
                IntStream.range(0, counts.length).mapToObj(c -> "c" + c).toList();
        return new Targets.Labels(
                new Task.Classification(names),
                labels.stream().mapToInt(Integer::intValue).toArray());
    }

    private static Targets.Values values(int rows) {
        Random random = new Random(2);
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Targets.Values(new Task.Regression(List.of("y")), values);
    }

    private static int[] sizes(int[] foldOf, int folds) {
        int[] sizes = new int[folds];
        IntStream.of(foldOf).forEach(fold -> sizes[fold]++);
        return sizes;
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "5", "10"})
    void foldsDifferByOneRowAtMostAndSoDoTheirShareOfEachClass(int folds) {
        Targets.Labels targets = labels(31, 17, 8, 3);
        int[] foldOf = RowFolds.of(targets, folds, 5);
        assertEven(sizes(foldOf, folds));
        for (int c = 0; c < 4; c++) {
            int wanted = c;
            assertEven(sizes(
                    IntStream.range(0, foldOf.length)
                            .filter(row -> targets.labels()[row] == wanted)
                            .map(row -> foldOf[row])
                            .toArray(),
                    folds));
        }
    }

    private static void assertEven(int[] sizes) {
        int most = IntStream.of(sizes).max().orElseThrow();
        assertThat(most - IntStream.of(sizes).min().orElseThrow()).isLessThanOrEqualTo(1);
    }

    @Test
    void valuesHaveTheSameDistributionInEachFold() {
        Targets.Values targets = values(200);
        int[] foldOf = RowFolds.of(targets, 5, 1);
        assertEven(sizes(foldOf, 5));
        double mean = mean(targets, foldOf, -1);
        for (int fold = 0; fold < 5; fold++) {
            assertThat(mean(targets, foldOf, fold)).isCloseTo(mean, within(0.08));
        }
    }

    private static double mean(Targets.Values targets, int[] foldOf, int fold) {
        return IntStream.range(0, foldOf.length)
                .filter(row -> fold < 0 || foldOf[row] == fold)
                .mapToDouble(row -> targets.values()[row])
                .average()
                .orElseThrow();
    }

    @Test
    void theSeedDecides() {
        assertThat(RowFolds.of(values(50), 5, 1))
                .isEqualTo(RowFolds.of(values(50), 5, 1))
                .isNotEqualTo(RowFolds.of(values(50), 5, 2));
    }

    @Test
    void aGroupStaysTogetherAndFoldsAreOfLikeSize() {
        List<String> groups = new ArrayList<>();
        for (int row = 0; row < 120; row++) {
            groups.add("patient" + (row * row % 37));
        }
        int[] foldOf = RowFolds.grouped(groups, 4, 3);
        Map<String, Integer> known = new HashMap<>();
        for (int row = 0; row < foldOf.length; row++) {
            assertThat(known.computeIfAbsent(groups.get(row), group -> -1)).isIn(-1, foldOf[row]);
            known.put(groups.get(row), foldOf[row]);
        }
        int[] sizes = sizes(foldOf, 4);
        assertThat(IntStream.of(sizes).min().orElseThrow()).isGreaterThanOrEqualTo(25);
    }

    @Test
    void moreFoldsThanRowsOrGroupsAreRefused() {
        assertThatThrownBy(() -> RowFolds.of(values(3), 4, 0))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "3 rows cannot be dealt into 4 folds; use 2 folds or more, and no more than there are rows");
        assertThatThrownBy(() -> RowFolds.grouped(List.of("a", "a", "b"), 3, 0))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "2 groups cannot be dealt into 3 folds; use 2 folds or more, and no more than there are groups");
    }
}
