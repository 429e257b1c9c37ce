package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingRows;

final class ValidationSplitTest {

    private static MultimodalDataset rows(Targets targets) {
        int rows = targets.rows();
        Samples samples = new Samples(
                IntStream.range(0, rows).mapToObj(row -> "r" + row).toList(),
                List.of(FeatureTable.complete(Modality.of("x", 1), rows, new float[rows])));
        return new MultimodalDataset("some", samples, targets);
    }

    /** So many rows of class 0, 1, ... */
    private static MultimodalDataset classes(int... counts) {
        int[] labels = IntStream.range(0, counts.length)
                .flatMap(c -> IntStream.range(0, counts[c]).map(i -> c))
                .toArray();
        List<String> names =
                IntStream.range(0, counts.length).mapToObj(c -> "c" + c).toList();
        return rows(new Targets.Labels(new Task.Classification(names), labels));
    }

    private static MultimodalDataset values(int count) {
        return rows(new Targets.Values(new Task.Regression(List.of("y")), new float[count]));
    }

    private static long count(MultimodalDataset part, int label) {
        return IntStream.of(((Targets.Labels) part.targets()).labels())
                .filter(l -> l == label)
                .count();
    }

    private static List<String> ids(MultimodalDataset part) {
        return part.samples().ids();
    }

    @Test
    void eachClassGivesItsShare() {
        TrainingRows split = ValidationSplit.of(classes(50, 30, 20), 0.2, 1);
        assertThat(split.validation().rows()).isEqualTo(20);
        assertThat(count(split.validation(), 0)).isEqualTo(10);
        assertThat(count(split.validation(), 1)).isEqualTo(6);
        assertThat(count(split.validation(), 2)).isEqualTo(4);
    }

    @Test
    void everyRowIsInOnePart() {
        TrainingRows split = ValidationSplit.of(classes(7, 5, 3), 0.4, 3);
        List<String> all = new java.util.ArrayList<>(ids(split.train()));
        all.addAll(ids(split.validation()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(ids(classes(7, 5, 3)));
        assertThat(ids(split.train())).doesNotContainAnyElementsOf(ids(split.validation()));
    }

    @ParameterizedTest
    @CsvSource({"0.01", "0.5", "0.99"})
    void aRareClassOfTwoIsInBothPartsAndOfOneInTraining(double fraction) {
        TrainingRows split = ValidationSplit.of(classes(40, 2, 1), fraction, 5);
        assertThat(count(split.train(), 1)).isEqualTo(1);
        assertThat(count(split.validation(), 1)).isEqualTo(1);
        assertThat(count(split.train(), 2) + count(split.validation(), 2)).isEqualTo(1);
        assertThat(count(split.train(), 2)).isEqualTo(1);
    }

    @Test
    void theSeedDecides() {
        assertThat(ids(ValidationSplit.of(values(50), 0.2, 1).validation()))
                .isEqualTo(ids(ValidationSplit.of(values(50), 0.2, 1).validation()))
                .isNotEqualTo(ids(ValidationSplit.of(values(50), 0.2, 2).validation()))
                .hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"2, 0.01", "2, 0.99", "3, 0.2"})
    void bothPartsHaveARow(int rows, double fraction) {
        TrainingRows split = ValidationSplit.of(values(rows), fraction, 1);
        assertThat(split.train().rows()).isPositive();
        assertThat(split.validation().rows()).isPositive();
    }

    @Test
    void classesOfOneRowEachStillGiveAValidationRow() {
        TrainingRows split = ValidationSplit.of(classes(1, 1, 1), 0.2, 1);
        assertThat(split.train().rows()).isEqualTo(2);
        assertThat(split.validation().rows()).isEqualTo(1);
    }

    @Test
    void groupsAreNeverDividedNeitherByAHoldoutNorByFolds() {
        List<String> groups = IntStream.range(0, 90)
                .mapToObj(row -> "patient" + row * row % 13)
                .toList();
        MultimodalDataset rows = classes(50, 40).withGroups(groups);
        TrainingRows holdout = new ValidationOptions(0.2, 5, 0).split(rows, 3);
        assertThat(holdout.isCrossFitted()).isFalse();
        assertThat(holdout.validation().rows()).isBetween(9, 27);
        assertThat(holdout.train().groups())
                .doesNotContainAnyElementsOf(holdout.validation().groups());
        TrainingRows folds = new ValidationOptions(0.2, 4, 1000).split(rows, 3);
        assertThat(folds.folds()).isEqualTo(4);
        for (int fold = 0; fold < 4; fold++) {
            assertThat(rows.select(folds.learnedBy(fold)).groups())
                    .doesNotContainAnyElementsOf(
                            rows.select(folds.judging(fold)).groups());
        }
    }

    @Test
    void theSeedDrawsTheGroupsAndTheLargestIsLearnedFrom() {
        List<String> hospitals = IntStream.range(0, 250)
                .mapToObj(row -> row < 180 ? "large" : row < 210 ? "middle" : "small" + row / 10)
                .toList();
        MultimodalDataset rows = values(250).withGroups(hospitals);
        Set<Set<String>> held = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            MultimodalDataset validation = ValidationSplit.of(rows, 0.2, seed).validation();
            assertThat(validation.rows()).isBetween(40, 60);
            held.add(Set.copyOf(validation.groups()));
        }
        assertThat(held).hasSizeGreaterThan(1).noneMatch(groups -> groups.contains("large"));
    }

    @Test
    void rowsOfOneGroupCannotBeDivided() {
        assertThatThrownBy(() -> ValidationSplit.of(values(3).withGroups(List.of("a", "a", "a")), 0.2, 1))
                .isInstanceOf(FusionException.class)
                .hasMessage("All training rows of data set 'some' are of group 'a'; give rows of 2 groups or more, to"
                        + " learn from and to validate on");
    }

    @Test
    void oneRowIsTooFew() {
        assertThatThrownBy(() -> ValidationSplit.of(values(1), 0.2, 1))
                .isInstanceOf(FusionException.class)
                .hasMessage("Data set 'some' has 1 training rows; give 2 or more, one to learn from and one to"
                        + " validate on");
    }
}
