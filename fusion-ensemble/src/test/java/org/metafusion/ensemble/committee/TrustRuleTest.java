package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class TrustRuleTest {

    private final CommitteeSelection auto = CombinationRule.AUTO.selection(SelectionOptions.DEFAULT);

    @Test
    void underTwentyRowsItIsTheSimpleAverage() {
        Committee committee = auto.select(Cohorts.classification(1, 19, 1, 2, 3, 4, 5));

        assertThat(committee.rule()).isEqualTo(CombinationRule.SIMPLE_AVERAGE);
        assertThat(committee.reason())
                .isEqualTo("simple average of the best 4 of 5 students: 19 validation rows are too few to select by;"
                        + " give 20 or more");
    }

    @Test
    void doesNotTrustGreedySelectionAmongEqualsOnFiftyRows() {
        int averaged = 0;
        for (int seed = 0; seed < 10; seed++) {
            Committee committee = auto.select(Cohorts.classification(seed, 50, Cohorts.equalNoise(20, 2)));
            averaged += committee.rule() == CombinationRule.GREEDY ? 0 : 1;
        }

        assertThat(averaged).isGreaterThanOrEqualTo(9);
    }

    @Test
    void trustsGreedySelectionWhereAFewGoodStudentsAreAmongManyBad() {
        double[] noise = Cohorts.equalNoise(20, 8);
        noise[3] = noise[11] = noise[17] = 0.5;

        Committee committee = auto.select(Cohorts.classification(1, 1000, noise));

        assertThat(committee.rule()).isEqualTo(CombinationRule.GREEDY);
        assertThat(committee.members()).contains(3, 11, 17);
        assertThat(committee.reason())
                .startsWith("greedy selection kept 16 of 20 students and took ")
                .contains("on validation rows left out of the selection (1000 rows) greedy selection loses 0.")
                .contains("is more than its standard error of 0.");
    }

    @Test
    void onFreshRowsItIsNotWorseThanTheBetterOfGreedyAndAverage() {
        double auto = 0;
        double greedy = 0;
        double average = 0;
        for (int seed = 0; seed < 10; seed++) {
            ValidationOutputs all = Cohorts.classification(seed, 2050, 2, 2.5, 1.5, 3, 2, 1.8, 2.2, 4, 2, 2, 1.7, 2.4);
            ValidationOutputs fresh =
                    all.select(java.util.stream.IntStream.range(50, 2050).toArray());
            ValidationOutputs fifty =
                    all.select(java.util.stream.IntStream.range(0, 50).toArray());
            auto += freshLoss(CombinationRule.AUTO, fifty, fresh) / 10;
            greedy += freshLoss(CombinationRule.GREEDY, fifty, fresh) / 10;
            average += freshLoss(CombinationRule.SIMPLE_AVERAGE, fifty, fresh) / 10;
        }

        assertThat(greedy).isGreaterThan(average);
        assertThat(auto).isLessThan(average + 0.005);
    }

    @Test
    void theSameSeedGivesTheSameCommittee() {
        ValidationOutputs validation = Cohorts.blinded(Cohorts.regression(3, 45, 1, 2, 3, 1, 2, 3), 4);

        Committee first = auto.select(validation);
        Committee second = auto.select(validation);

        assertThat(second.reason()).isEqualTo(first.reason());
        assertThat(second.members()).isEqualTo(first.members());
        assertThat(second.weights()).containsExactly(first.weights(), within(0.0));
    }

    private static double freshLoss(CombinationRule rule, ValidationOutputs validation, ValidationOutputs fresh) {
        return Cohorts.lossOn(fresh, rule.selection(SelectionOptions.DEFAULT).select(validation));
    }
}
