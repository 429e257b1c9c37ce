package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Targets;

/** What holds for committees by every rule, then what each rule is. */
final class CombinationRuleTest {

    private static final double[] NOISE = {2, 1, 3, 1.5, 2.5, 0.8, 4, 1.1};

    @ParameterizedTest
    @EnumSource(CombinationRule.class)
    void theLossReportedIsTheLossOfWhatIsPredicted(CombinationRule rule) {
        for (ValidationOutputs validation :
                List.of(Cohorts.classification(5, 60, NOISE), Cohorts.regression(6, 60, NOISE))) {
            Committee committee = rule.selection(SelectionOptions.DEFAULT).select(validation);

            assertThat(committee.validationLoss()).isCloseTo(Cohorts.lossOn(validation, committee), within(1e-6));
            double[] trajectory = committee.lossTrajectory();
            assertThat(trajectory[trajectory.length - 1]).isEqualTo(committee.validationLoss());
            assertThat(Arrays.stream(committee.weights()).sum()).isCloseTo(1, within(1e-12));
            assertThat(committee.rule()).isNotEqualTo(CombinationRule.AUTO);
            assertThat(committee.reason()).isNotBlank();
        }
    }

    @ParameterizedTest
    @EnumSource(CombinationRule.class)
    void studentsThatSeeNothingOrFailedAreNeverMembers(CombinationRule rule) {
        ValidationOutputs whole = Cohorts.classification(7, 40, 1, 0.1, 1, 1, 0.1, 1);
        BitSet all = whole.visible()[0];
        float[][] outputs = whole.outputs().clone();
        outputs[4] = outputs[4].clone();
        outputs[4][17] = Float.NaN;
        BitSet[] visible = {all, new BitSet(), all, all, all, all};

        Committee committee = rule.selection(SelectionOptions.DEFAULT)
                .select(ValidationOutputs.of(outputs, whole.targets(), visible));

        assertThat(committee.members()).doesNotContain(1, 4);
        assertThat(committee.validationLoss()).isFinite();
    }

    @ParameterizedTest
    @EnumSource(CombinationRule.class)
    void rowsThatNobodySeesDoNotMatter(CombinationRule rule) {
        ValidationOutputs seen = Cohorts.classification(8, 40, NOISE);
        int[] twice = new int[80];
        Arrays.setAll(twice, i -> i / 2);
        ValidationOutputs doubled = seen.select(twice);
        BitSet even = new BitSet();
        for (int row = 0; row < 80; row += 2) {
            even.set(row);
        }
        BitSet[] visible = new BitSet[NOISE.length];
        Arrays.fill(visible, even);
        ValidationOutputs halfBlind = ValidationOutputs.of(doubled.outputs(), doubled.targets(), visible);

        Committee want = rule.selection(SelectionOptions.DEFAULT).select(seen);
        Committee got = rule.selection(SelectionOptions.DEFAULT).select(halfBlind);

        assertThat(got.members()).isEqualTo(want.members());
        assertThat(got.validationLoss()).isCloseTo(want.validationLoss(), within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(CombinationRule.class)
    void aCohortThatSeesNoValidationRowIsAnErrorThatSaysWhatToDo(CombinationRule rule) {
        ValidationOutputs whole = Cohorts.regression(9, 5, 1, 1);
        ValidationOutputs blind =
                ValidationOutputs.of(whole.outputs(), whole.targets(), new BitSet[] {new BitSet(), new BitSet()});

        assertThatThrownBy(() -> rule.selection(SelectionOptions.DEFAULT).select(blind))
                .isInstanceOf(FusionException.class)
                .hasMessage("No committee can be selected: none of 2 students has a finite loss on the 5 validation"
                        + " rows; give validation rows that have the students' modalities, or lower the learning"
                        + " rate");
    }

    @Test
    void aMemberThatIsBlindToARowLeavesItToTheOthers() {
        Targets targets = new Targets.Values(Cohorts.values(1), new float[] {0, 0});
        float[][] outputs = {{1, 1}, {3, Float.NaN}};
        BitSet[] visible = {Cohorts.rows(0, 1), Cohorts.rows(0)};

        Committee committee = CombinationRule.SIMPLE_AVERAGE
                .selection(new SelectionOptions(0, 1, 2, 0))
                .select(ValidationOutputs.of(outputs, targets, visible));

        assertThat(committee.validationLoss()).isEqualTo((2.0 * 2.0 + 1.0) / 2);
    }

    @Test
    void theSimpleAverageIsOfTheKept() {
        Committee committee = CombinationRule.SIMPLE_AVERAGE
                .selection(new SelectionOptions(0.5, 1, 1, 0))
                .select(Cohorts.regression(1, 200, 3, 1, 2, 4));

        assertThat(committee.members()).containsExactly(1, 2);
        assertThat(committee.weights()).containsExactly(0.5, 0.5);
    }

    @Test
    void theWeightedAverageGoesByOneOverLoss() {
        Targets targets = new Targets.Values(Cohorts.values(1), new float[] {0, 0});
        Committee committee = CombinationRule.WEIGHTED_AVERAGE
                .selection(new SelectionOptions(0, 1, 2, 0))
                .select(ValidationOutputs.of(new float[][] {{1, 1}, {2, -2}}, targets));

        assertThat(committee.weights()).containsExactly(new double[] {0.8, 0.2}, within(1e-12));
    }

    @Test
    void theBestSingleStudentStandsAlone() {
        Committee committee = CombinationRule.BEST_SINGLE
                .selection(SelectionOptions.DEFAULT)
                .select(Cohorts.classification(2, 500, 3, 2, 0.5, 1));

        assertThat(committee.members()).containsExactly(2);
    }

    @Test
    void drawingWithReplacementWeighsByDraws() {
        Targets targets = new Targets.Values(Cohorts.values(1), new float[] {0, 0, 0, 0});
        float[][] outputs = {{1, 1, 1, 1}, {-2, -2, -2, -2}};

        Committee committee = CombinationRule.GREEDY_WITH_REPLACEMENT
                .selection(new SelectionOptions(0, 1, 30, 0))
                .select(ValidationOutputs.of(outputs, targets));

        assertThat(committee.members()).containsExactly(0, 1);
        assertThat(committee.weights()).containsExactly(new double[] {2.0 / 3, 1.0 / 3}, within(1e-12));
        assertThat(committee.lossTrajectory()).containsExactly(new double[] {1, 0.25, 0}, within(1e-12));
    }

    @Test
    void aVoteCountsHeadsNotConfidence() {
        Targets targets = new Targets.Labels(Cohorts.classes(2), new int[] {0});
        float[][] outputs = {{0.1f, 0}, {0.1f, 0}, {0, 50}};
        Committee committee = CombinationRule.MAJORITY_VOTE
                .selection(new SelectionOptions(0, 1, 3, 0))
                .select(ValidationOutputs.of(outputs, targets));

        double[] logits = committee.combine(List.of(outputs), targets.task());

        assertThat(Math.exp(logits[0])).isCloseTo(2.5 / 4, within(1e-12));
        assertThat(Math.exp(logits[1])).isCloseTo(1.5 / 4, within(1e-12));
    }

    @Test
    void aVoteOnValuesIsTheMedian() {
        Targets targets = new Targets.Values(Cohorts.values(2), new float[] {0, 0});
        float[][] outputs = {{1, 8}, {2, 6}, {90, -7}, {4, 5}};
        Committee committee = CombinationRule.MAJORITY_VOTE
                .selection(new SelectionOptions(0, 1, 4, 0))
                .select(ValidationOutputs.of(outputs, targets));

        List<float[]> inOrder =
                Arrays.stream(committee.members()).mapToObj(s -> outputs[s]).toList();
        assertThat(committee.combine(inOrder, targets.task())).containsExactly(3, 5.5);
    }
}
