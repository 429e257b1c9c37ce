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
    void fromTwentyRowsOnItIsStacking() {
        Committee committee = auto.select(Cohorts.classification(1, 20, 1, 2, 3, 4, 5));

        assertThat(committee.rule()).isEqualTo(CombinationRule.STACKING);
    }

    @Test
    void amongEqualsOnFiftyRowsItStaysNearTheAverage() {
        for (int seed = 0; seed < 10; seed++) {
            Committee committee = auto.select(Cohorts.classification(seed, 50, Cohorts.equalNoise(20, 2)));

            assertThat(java.util.Arrays.stream(committee.weights()).max().orElseThrow())
                    .as("greatest weight of seed %d", seed)
                    .isLessThan(0.35);
        }
    }

    @Test
    void findsAFewGoodStudentsAmongManyBad() {
        double[] noise = Cohorts.equalNoise(20, 8);
        noise[3] = noise[11] = noise[17] = 0.5;

        Committee committee = auto.select(Cohorts.classification(1, 1000, noise));

        double good = 0;
        for (int i = 0; i < committee.members().length; i++) {
            int member = committee.members()[i];
            good += member == 3 || member == 11 || member == 17 ? committee.weights()[i] : 0;
        }
        assertThat(good).isGreaterThan(0.9);
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
