package org.metafusion.ensemble.signs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.Committee;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.screening.Screening;
import org.metafusion.ensemble.screening.TopPerformers;

final class FailureSignsTest {

    private static final Representation RAW = new Representation.Raw();
    private static final Representation NULL = new Representation.Null();
    private static final Representation PCA = new Representation.Extracted("pca", 4);
    private static final Task.Classification CLASSES = new Task.Classification(List.of("a", "b"));

    /** Image alone, text alone, both, both. */
    private final Cohort cohort = new Cohort(
            List.of(Modality.of("image", 3), Modality.of("text", 3)),
            CLASSES,
            List.of(student(RAW, NULL), student(NULL, RAW), student(RAW, RAW), student(PCA, RAW)));

    @Test
    void aHealthyFitHasNoSigns() {
        assertThat(signs(classification(200, 2.0, 2.0, 0.3, 0.4), CombinationRule.GREEDY))
                .isEmpty();
    }

    @Test
    void contradictionIsWordedWithFigures() {
        List<Sign> signs = signs(classification(200, 0.2, 3.0, 2.5, 2.8), CombinationRule.BEST_SINGLE);

        assertThat(signs).extracting(Sign::kind).containsExactly(Sign.Kind.CONTRADICTING_MODALITIES);
        assertThat(signs.get(0).text())
                .matches("Adding 'text' to 'image' does harm: the best student of all, (raw|pca4)\\|raw, has validation"
                        + " loss \\d\\.\\d+ against 0\\.\\d+ of raw\\|- \\(difference \\d\\.?\\d*, standard error"
                        + " 0\\.\\d+\\), accuracy 0\\.\\d+ against 0\\.\\d+ on 200 rows; the modalities may contradict"
                        + " each other, or what was added is mostly noise");
    }

    @Test
    void aModalityThatOnlyDoesNotHelpIsNoContradiction() {
        int alarms = 0;
        for (int seed = 0; seed < 20; seed++) {
            ValidationOutputs validation = seeded(seed, 200, 1.0, 3.0, 1.0, 3.0);
            alarms += signs(validation, CombinationRule.BEST_SINGLE).size();
        }

        assertThat(alarms).isLessThanOrEqualTo(2);
    }

    @Test
    void fewerRightAtALowerLossIsNoContradiction() {
        int rows = 200;
        float[] hesitant = new float[2 * rows];
        float[] bold = new float[2 * rows];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = row % 2;
            int wrong = 2 * row + 1 - labels[row];
            hesitant[wrong] = row % 10 == 0 ? 0.1f : -0.1f;
            bold[wrong] = row % 4 == 0 ? 0.1f : -4;
        }
        ValidationOutputs validation = ValidationOutputs.of(
                new float[][] {hesitant, hesitant, bold, bold}, new Targets.Labels(CLASSES, labels));
        assertThat(validation.losses()[2]).isLessThan(validation.losses()[0]);
        assertThat(signs(validation, CombinationRule.BEST_SINGLE))
                .extracting(Sign::kind)
                .doesNotContain(Sign.Kind.CONTRADICTING_MODALITIES);
    }

    @Test
    void contradictionLooksOnlyAtRowsBothSee() {
        ValidationOutputs whole = classification(200, 1.0, 3.0, 0.5, 0.5);
        float[][] outputs = whole.outputs();
        BitSet first = new BitSet();
        first.set(0, 100);
        BitSet all = whole.visible()[0];
        for (int i = 200; i < 400; i++) {
            outputs[2][i] = -outputs[2][i];
            outputs[3][i] = -outputs[3][i];
        }

        ValidationOutputs halfSeen =
                ValidationOutputs.of(outputs, whole.targets(), new BitSet[] {first, first, all, all});

        assertThat(signs(halfSeen, CombinationRule.BEST_SINGLE))
                .extracting(Sign::kind)
                .doesNotContain(Sign.Kind.CONTRADICTING_MODALITIES);
    }

    @Test
    void studentsThatSayTheSameHaveCollapsed() {
        ValidationOutputs one = classification(200, 1.5, 1.5, 1.5, 1.5);
        float[][] same = new float[4][];
        Arrays.fill(same, one.outputs()[0]);

        List<Sign> signs = signs(ValidationOutputs.of(same, one.targets()), CombinationRule.SIMPLE_AVERAGE);

        assertThat(signs)
                .extracting(Sign::kind)
                .containsExactly(Sign.Kind.EVERYONE_IS_TOP_PERFORMER, Sign.Kind.COLLAPSED_STUDENTS);
        assertThat(signs.get(1).text())
                .startsWith("The students have collapsed to one output: their mean pairwise divergence of ")
                .contains(" is under 0.0100 of their mean validation loss of ");
    }

    @Test
    void studentsThatAgreeBecauseAllAreRightHaveNotCollapsed() {
        ValidationOutputs easy = classification(200, 0.3, 0.3, 0.3, 0.3);
        for (float[] outputs : easy.outputs()) {
            for (int row = 0; row < 200; row++) {
                int label = ((Targets.Labels) easy.targets()).labels()[row];
                outputs[row * 2 + label] += 12;
            }
        }

        assertThat(signs(ValidationOutputs.of(easy.outputs(), easy.targets()), CombinationRule.SIMPLE_AVERAGE))
                .extracting(Sign::kind)
                .doesNotContain(Sign.Kind.COLLAPSED_STUDENTS);
    }

    @Test
    void aCommitteeWorseThanItsBestStudentIsSaid() {
        List<Sign> signs = signs(classification(200, 6.0, 6.0, 0.1, 6.0), CombinationRule.SIMPLE_AVERAGE);

        assertThat(signs).extracting(Sign::kind).containsExactly(Sign.Kind.COMMITTEE_WORSE_THAN_BEST_STUDENT);
        assertThat(signs.get(0).text())
                .matches("The committee \\(simple average, 3 members\\) is worse than the best student alone:"
                        + " validation cross-entropy of \\d\\.\\d+ against 0\\.\\d+ of student raw\\|raw");
    }

    @Test
    void aCommitteeNoWorseThanItsBestStudentByChanceIsNotSaid() {
        List<Sign> signs = signs(classification(60, 1.0, 1.0, 0.9, 1.0), CombinationRule.SIMPLE_AVERAGE);

        assertThat(signs).extracting(Sign::kind).doesNotContain(Sign.Kind.COMMITTEE_WORSE_THAN_BEST_STUDENT);
    }

    @Test
    void aCommitteeIsNotBlamedForRowsItIsNotAskedAbout() {
        ValidationOutputs whole = classification(200, 1.5, 2.0, 0.3, 0.4);
        BitSet all = whole.visible()[0];
        BitSet complete = new BitSet();
        complete.set(0, 100);
        float[] sure = whole.outputs()[0];
        for (int row = 100; row < 200; row++) {
            sure[row * 2 + ((Targets.Labels) whole.targets()).labels()[row]] += 20;
        }
        ValidationOutputs validation = ValidationOutputs.of(
                whole.outputs(), whole.targets(), new BitSet[] {all, complete, complete, complete});
        ValidationOutputs judged = validation.select(IntStream.range(0, 100).toArray());
        assertThat(validation.losses()[0]).isLessThan(validation.losses()[2]);
        Committee committee =
                CombinationRule.GREEDY.selection(SelectionOptions.DEFAULT).select(judged);
        TopPerformers top = Screening.bySilhouette().screen(validation.losses());

        List<Sign> signs = FailureSigns.DEFAULT.of(cohort, validation, judged, top, committee);

        assertThat(signs).extracting(Sign::kind).doesNotContain(Sign.Kind.COMMITTEE_WORSE_THAN_BEST_STUDENT);
    }

    @Test
    void fewRowsAreSaid() {
        List<Sign> signs = signs(classification(49, 2.0, 2.0, 0.3, 0.4), CombinationRule.BEST_SINGLE);

        assertThat(signs)
                .contains(
                        new Sign(
                                Sign.Kind.FEW_VALIDATION_ROWS,
                                "Only 49 validation rows, fewer than 50: top performers and committee are chosen by losses"
                                        + " that are themselves uncertain; give more rows or, without cross-fitting, a larger validation-fraction"));
    }

    @Test
    void divergenceIsTheMeanOverPairsThatBothSeeTheRow() {
        double p = 0.8;
        float logit = (float) Math.log(p / (1 - p));
        float[][] outputs = {{logit, 0, logit, 0}, {0, 0, 0, 0}, {Float.NaN, Float.NaN, logit, 0}};
        BitSet both = new BitSet();
        both.set(0, 2);
        BitSet second = new BitSet();
        second.set(1);
        ValidationOutputs validation = ValidationOutputs.of(
                outputs, new Targets.Labels(CLASSES, new int[] {0, 0}), new BitSet[] {both, both, second});

        double there = p * Math.log(p / 0.5) + (1 - p) * Math.log((1 - p) / 0.5);
        double back = 0.5 * Math.log(0.5 / p) + 0.5 * Math.log(0.5 / (1 - p));
        assertThat(Divergence.meanPairwise(validation)).isCloseTo(3 * (there + back) / 8, within(1e-7));
    }

    @Test
    void divergenceOfValuesIsTheSquaredDifference() {
        Targets targets = new Targets.Values(new Task.Regression(List.of("u", "v")), new float[] {0, 0});
        ValidationOutputs validation = ValidationOutputs.of(new float[][] {{1, 2}, {4, 2}}, targets);

        assertThat(Divergence.meanPairwise(validation)).isCloseTo(9 / 2.0, within(1e-12));
    }

    @Test
    void theDivergencesOfPairsHaveTheMeanOfAllAndAreDirected() {
        ValidationOutputs validation = classification(40, 2.0, 1.0, 0.3, 0.4);
        int[] everyone = IntStream.range(0, validation.students()).toArray();

        double[][] values = PairwiseDivergence.between(validation, everyone).values();

        double sum = Arrays.stream(values).flatMapToDouble(Arrays::stream).sum();
        int pairs = everyone.length * (everyone.length - 1);
        assertThat(sum / pairs).isCloseTo(Divergence.meanPairwise(validation), within(1e-9));
        assertThat(values[0][0]).isZero();
        assertThat(values[0][2]).isNotCloseTo(values[2][0], within(1e-6));
    }

    @Test
    void aPairIsComparedOnTheRowsThatBothSee() {
        float[][] outputs = {{1, Float.NaN}, {4, 7}, {Float.NaN, 9}};
        BitSet first = new BitSet();
        first.set(0);
        BitSet second = new BitSet();
        second.set(1);
        BitSet both = new BitSet();
        both.set(0, 2);
        ValidationOutputs validation = ValidationOutputs.of(
                outputs,
                new Targets.Values(new Task.Regression(List.of("y")), new float[] {0, 0}),
                new BitSet[] {first, both, second});

        double[][] values =
                PairwiseDivergence.between(validation, new int[] {0, 1, 2}).values();

        assertThat(values[0][1]).isCloseTo(9, within(1e-12));
        assertThat(values[2][1]).isCloseTo(4, within(1e-12));
        assertThat(values[0][2]).isNaN();
    }

    private List<Sign> signs(ValidationOutputs validation, CombinationRule rule) {
        TopPerformers top = Screening.bySilhouette().screen(validation.losses());
        Committee committee = rule.selection(SelectionOptions.DEFAULT).select(validation);
        return FailureSigns.DEFAULT.of(cohort, validation, validation, top, committee);
    }

    private static StudentSpec student(Representation image, Representation text) {
        return new StudentSpec(List.of(image, text), "concatenation", HeadSpec.of(8));
    }

    private static ValidationOutputs classification(int rows, double... noise) {
        return seeded(1, rows, noise);
    }

    /** Two classes; each student knows the true logit up to noise of its own. */
    private static ValidationOutputs seeded(long seed, int rows, double... noise) {
        Random random = new Random(seed);
        float[][] outputs = new float[noise.length][rows * 2];
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            double logit = 3 * random.nextGaussian();
            labels[row] = random.nextDouble() < 1 / (1 + Math.exp(-logit)) ? 1 : 0;
            for (int s : IntStream.range(0, noise.length).toArray()) {
                outputs[s][row * 2 + 1] = (float) (logit + noise[s] * random.nextGaussian());
            }
        }
        return ValidationOutputs.of(outputs, new Targets.Labels(CLASSES, labels));
    }
}
