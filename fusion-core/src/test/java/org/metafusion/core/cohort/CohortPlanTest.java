package org.metafusion.core.cohort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;

final class CohortPlanTest {

    private static final Task TASK = new Task.Classification(List.of("no", "yes"));
    private static final HeadSpec HEAD = HeadSpec.of(8);

    /** Raw and as many extracted representations as said, for each modality. */
    private static List<List<Representation>> extracted(int... counts) {
        List<List<Representation>> all = new ArrayList<>();
        for (int count : counts) {
            List<Representation> representations = new ArrayList<>(List.of(new Representation.Raw()));
            IntStream.rangeClosed(1, count)
                    .forEach(i -> representations.add(new Representation.Extracted("pca", 10 * i)));
            all.add(representations);
        }
        return all;
    }

    private static List<Modality> modalities(int count) {
        return IntStream.range(0, count)
                .mapToObj(m -> Modality.of("m" + m, 100))
                .toList();
    }

    private static List<String> labels(Cohort cohort) {
        return cohort.students().stream().map(StudentSpec::label).toList();
    }

    private static CohortPlan allPairings(int cap, int... counts) {
        return CohortPlan.allPairings(extracted(counts), HEAD, cap);
    }

    /** With k extracted representations of each modality, raw and null: {@code prod (k + 2) - 1}. */
    @ParameterizedTest
    @CsvSource({"0, 0, 3", "1, 0, 5", "3, 3, 24", "2, 4, 23"})
    void pairsEveryRepresentationWithEveryOther(int first, int second, int expected) {
        CohortPlan plan = allPairings(1000, first, second);
        Cohort cohort = plan.build(modalities(2), TASK);
        assertThat(cohort.size()).isEqualTo(expected);
        assertThat(plan.uncappedSize()).isEqualTo(expected);
        assertThat(labels(cohort))
                .doesNotHaveDuplicates()
                .contains("raw|raw", "raw|-", "-|raw")
                .doesNotContain("-|-");
    }

    @Test
    void aSingleModalityHasItsRepresentationsAsStudents() {
        assertThat(labels(allPairings(100, 2).build(modalities(1), TASK))).containsExactly("raw", "pca10", "pca20");
    }

    @Test
    void operatorsAndHeadsMultiplyButOneModalityHasNothingToFuse() {
        CohortPlan plan = new CohortPlan(
                extracted(1, 1),
                List.of("concatenation", "tensor"),
                List.of(HEAD, HeadSpec.LINEAR),
                1000,
                student -> true);
        Cohort cohort = plan.build(modalities(2), TASK);
        assertThat(cohort.size()).isEqualTo((4 * 2 + 4) * 2);
        assertThat(plan.uncappedSize()).isEqualTo(cohort.size());
        assertThat(labels(cohort))
                .contains("tensor(raw|pca10)", "tensor(raw|pca10) linear", "raw|- linear")
                .doesNotContain("tensor(raw|-)");
    }

    @Test
    void theCapKeepsEachModalityAloneThenTheDiagonalThenASample() {
        Cohort cohort = allPairings(10, 3, 3).build(modalities(2), TASK);
        assertThat(cohort.size()).isEqualTo(10);
        assertThat(labels(cohort))
                .startsWith("raw|-", "-|raw", "raw|raw", "pca10|pca10", "pca20|pca20", "pca30|pca30")
                .doesNotHaveDuplicates()
                .doesNotContain("-|-")
                .isEqualTo(labels(allPairings(10, 3, 3).build(modalities(2), TASK)));
    }

    @Test
    void aCapBelowTheFixedOnesHolds() {
        assertThat(labels(allPairings(1, 3, 3).build(modalities(2), TASK))).containsExactly("raw|-");
        assertThat(labels(allPairings(4, 3, 3).build(modalities(2), TASK)))
                .containsExactly("raw|-", "-|raw", "raw|raw", "pca10|pca10");
    }

    @Test
    void aCapOfExactlyTheSizeChangesNothing() {
        assertThat(labels(allPairings(24, 3, 3).build(modalities(2), TASK)))
                .isEqualTo(labels(allPairings(1000, 3, 3).build(modalities(2), TASK)));
    }

    @Test
    void aRestrictionHoldsWithAndWithoutTheCap() {
        for (int cap : new int[] {6, 1000}) {
            CohortPlan plan = new CohortPlan(
                    extracted(3, 3),
                    List.of("concatenation"),
                    List.of(HEAD),
                    cap,
                    student -> student.modalities().length == 2);
            Cohort cohort = plan.build(modalities(2), TASK);
            assertThat(cohort.students()).allMatch(s -> s.modalities().length == 2);
            assertThat(cohort.size()).isEqualTo(Math.min(cap, 16));
        }
    }

    @Test
    void sevenModalitiesAreSampledWithEachAloneAndAllTogether() {
        CohortPlan plan = allPairings(48, 1, 1, 1, 1, 1, 1, 1);
        Cohort cohort = plan.build(modalities(7), TASK);
        assertThat(plan.uncappedSize()).isEqualTo(2186);
        assertThat(cohort.size()).isEqualTo(48);
        assertThat(labels(cohort)).doesNotHaveDuplicates().contains("raw|raw|raw|raw|raw|raw|raw");
        for (int m = 0; m < 7; m++) {
            int modality = m;
            assertThat(cohort.students()).anyMatch(s -> s.isUnimodal(modality));
        }
        assertThat(cohort.students().stream()
                        .mapToInt(s -> s.modalities().length)
                        .max())
                .hasValue(7);
    }

    @Test
    void manyModalitiesOverflowNothing() {
        int[] counts = new int[40];
        java.util.Arrays.fill(counts, 3);
        CohortPlan plan = allPairings(60, counts);
        assertThat(plan.uncappedSize()).isGreaterThan(1e27);
        assertThat(plan.build(modalities(40), TASK).size()).isEqualTo(60);
    }

    @Test
    void saysInOneLineWhatIsWrong() {
        assertThatThrownBy(() -> new CohortPlan(extracted(1), List.of("concatenation"), List.of(HEAD), 5, s -> false)
                        .build(modalities(1), TASK))
                .isInstanceOf(FusionException.class)
                .hasMessage("The restriction allows no student; loosen it");
        assertThatThrownBy(() -> allPairings(0, 1))
                .isInstanceOf(FusionException.class)
                .hasMessage("The cap on students must be 1 or more but is 0");
        assertThatThrownBy(() -> CohortPlan.allPairings(List.of(List.of()), HEAD, 5))
                .isInstanceOf(FusionException.class)
                .hasMessage("Each modality needs one representation or more");
        assertThatThrownBy(() -> new CohortPlan(extracted(1), List.of(), List.of(HEAD), 5, s -> true))
                .isInstanceOf(FusionException.class)
                .hasMessage("A cohort plan needs one operator and one head or more");
        assertThatThrownBy(() -> allPairings(5, 1).build(modalities(2), TASK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The plan has representations of 1 modalities but there are 2");
    }

    @Test
    void aRestrictionThatLeavesFewerThanTheCapIsNotSampled() {
        List<Representation> each = List.of(new Representation.Raw(), new Representation.Extracted("pca", 3));
        CohortPlan plan = new CohortPlan(
                List.of(each, each),
                List.of("concatenation"),
                List.of(HeadSpec.of(8), HeadSpec.LINEAR),
                10,
                student -> student.head().hidden().isEmpty());
        assertThat(plan.uncappedSize()).isEqualTo(16);
        assertThat(plan.allowedSize()).isEqualTo(8);
        Cohort cohort = plan.build(List.of(Modality.of("x", 5), Modality.of("z", 5)), TASK);
        assertThat(cohort.students())
                .hasSize(8)
                .extracting(StudentSpec::label)
                .startsWith("raw|raw linear", "raw|pca3 linear", "raw|- linear");
    }
}
