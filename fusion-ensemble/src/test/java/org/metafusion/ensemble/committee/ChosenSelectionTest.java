package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bagged greedy selection, and the rule the validation rows prefer. */
final class ChosenSelectionTest {

    private static Committee select(CombinationRule rule, ValidationOutputs validation) {
        return rule.selection(SelectionOptions.DEFAULT).select(validation);
    }

    @Test
    void underTwentyRowsItIsTheSimpleAverage() {
        Committee committee = select(CombinationRule.CHOSEN, Cohorts.classification(1, 19, 1, 2, 3, 4, 5));
        assertThat(committee.rule()).isEqualTo(CombinationRule.SIMPLE_AVERAGE);
        assertThat(committee.reason())
                .isEqualTo("simple average of the best 4 of 5 students: 19 validation rows are too few to select by;"
                        + " give 20 or more");
    }

    @Test
    void amongEqualsAnAverageIsTakenMostOfTheTime() {
        long averages = IntStream.range(0, 20)
                .mapToObj(seed ->
                        select(CombinationRule.CHOSEN, Cohorts.classification(seed, 60, Cohorts.equalNoise(12, 2))))
                .filter(committee -> committee.rule() == CombinationRule.SIMPLE_AVERAGE
                        || committee.rule() == CombinationRule.WEIGHTED_AVERAGE)
                .peek(committee -> assertThat(committee.reason())
                        .endsWith("; of simple average, weighted average, bagged greedy, stacking, by 5-fold"
                                + " cross-validation on the validation rows the simplest within a standard error of"
                                + " the best"))
                .count();
        assertThat(averages).isGreaterThanOrEqualTo(14);
    }

    @Test
    void whereFewStudentsAreGoodARuleIsChosenThatFindsThem() {
        double[] noise = Cohorts.equalNoise(20, 8);
        noise[3] = noise[11] = noise[17] = 0.5;
        Committee committee = select(CombinationRule.CHOSEN, Cohorts.classification(1, 600, noise));
        assertThat(committee.rule()).isIn(CombinationRule.BAGGED_GREEDY, CombinationRule.STACKING);
        assertThat(shareOf(committee, 3, 11, 17)).isGreaterThan(0.9);
    }

    private static double shareOf(Committee committee, int... students) {
        return IntStream.range(0, committee.members().length)
                .filter(i -> IntStream.of(students).anyMatch(s -> s == committee.members()[i]))
                .mapToDouble(i -> committee.weights()[i])
                .sum();
    }

    @Test
    void baggingOverfitsFewRowsLessThanGreedySelection() {
        double bagged = 0;
        double greedy = 0;
        for (int seed = 0; seed < 10; seed++) {
            ValidationOutputs all = Cohorts.classification(seed, 2040, Cohorts.equalNoise(24, 2.5));
            ValidationOutputs few = all.select(IntStream.range(0, 40).toArray());
            ValidationOutputs fresh = all.select(IntStream.range(40, 2040).toArray());
            bagged += Cohorts.lossOn(fresh, select(CombinationRule.BAGGED_GREEDY, few)) / 10;
            greedy += Cohorts.lossOn(fresh, select(CombinationRule.GREEDY_WITH_REPLACEMENT, few)) / 10;
        }
        assertThat(bagged).isLessThan(greedy - 0.01);
    }

    @Test
    void weightsOfABaggedCommitteeSumToOneAndLeaveThePrunedOut() {
        ValidationOutputs validation = Cohorts.regression(4, 80, 1, 2, 9, 1, 2, 3, 1, 1, 2, 20);
        Committee committee = select(CombinationRule.BAGGED_GREEDY, validation);
        assertThat(Arrays.stream(committee.weights()).sum())
                .isCloseTo(1, org.assertj.core.api.Assertions.within(1e-12));
        assertThat(committee.members()).doesNotContain(2, 9);
        assertThat(select(CombinationRule.BAGGED_GREEDY, validation).weights()).isEqualTo(committee.weights());
    }
}
