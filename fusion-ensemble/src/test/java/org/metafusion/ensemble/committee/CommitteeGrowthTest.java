package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.metafusion.ensemble.committee.CommitteeGrowth.Step;

/** How a committee's loss goes from its first member to all. */
final class CommitteeGrowthTest {

    private static final ValidationOutputs COHORT = Cohorts.classification(3, 120, 0.6, 0.7, 0.8, 0.9, 1.1, 1.4, 2.0);

    @ParameterizedTest
    @EnumSource(CombinationRule.class)
    void theLastStepIsTheCommittee(CombinationRule rule) {
        Committee committee = rule.selection(SelectionOptions.DEFAULT).select(COHORT);

        List<Step> steps = CommitteeGrowth.of(COHORT, committee).steps();

        assertThat(steps).hasSize(committee.members().length);
        assertThat(steps.get(steps.size() - 1).loss()).isCloseTo(committee.validationLoss(), within(1e-9));
        assertThat(steps.stream().mapToDouble(Step::weight).sum()).isCloseTo(1, within(1e-9));
    }

    @Test
    void theBestAloneIsJudgedOnTheSameRows() {
        Committee committee =
                CombinationRule.GREEDY.selection(SelectionOptions.DEFAULT).select(COHORT);

        assertThat(CommitteeGrowth.of(COHORT, committee).bestAlone())
                .isCloseTo(Arrays.stream(COHORT.losses()).min().orElseThrow(), within(1e-9));
    }

    @Test
    void greedyMembersStepInAsTheyJoined() {
        Committee committee =
                CombinationRule.GREEDY.selection(SelectionOptions.DEFAULT).select(COHORT);
        int first = SelectionOptions.DEFAULT.initialMembers();

        List<Step> steps = CommitteeGrowth.of(COHORT, committee).steps();

        double[] joined = IntStream.range(first - 1, steps.size())
                .mapToDouble(m -> steps.get(m).loss())
                .toArray();
        assertThat(joined).containsExactly(committee.lossTrajectory(), within(1e-9));
    }

    @Test
    void ofOtherRulesTheHeaviestIsFirstAndAloneHasItsOwnLoss() {
        Committee committee = CombinationRule.WEIGHTED_AVERAGE
                .selection(SelectionOptions.DEFAULT)
                .select(COHORT);

        List<Step> steps = CommitteeGrowth.of(COHORT, committee).steps();

        assertThat(steps).isSortedAccordingTo(Comparator.comparingDouble((Step s) -> -s.weight()));
        assertThat(steps.get(0).loss()).isCloseTo(COHORT.losses()[steps.get(0).student()], within(1e-9));
    }
}
