package org.metafusion.ensemble.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class StackedSelectionTest {

    private final CommitteeSelection stacking = CombinationRule.STACKING.selection(SelectionOptions.DEFAULT);

    @Test
    void doesNotCollapseOnFiftyRows() {
        double stacked = 0;
        double averaged = 0;
        for (int seed = 0; seed < 10; seed++) {
            ValidationOutputs all = Cohorts.classification(seed, 2050, Cohorts.equalNoise(20, 2));
            ValidationOutputs fifty = all.select(IntStream.range(0, 50).toArray());
            ValidationOutputs fresh = all.select(IntStream.range(50, 2050).toArray());
            stacked += Cohorts.lossOn(fresh, stacking.select(fifty)) / 10;
            averaged += Cohorts.lossOn(
                            fresh,
                            CombinationRule.SIMPLE_AVERAGE
                                    .selection(SelectionOptions.DEFAULT)
                                    .select(fifty))
                    / 10;
        }

        assertThat(stacked).isLessThan(averaged + 0.01);
    }

    @Test
    void beatsTheAverageWhereThereIsMuchToLearnFrom() {
        double[] noise = Cohorts.equalNoise(12, 6);
        noise[2] = noise[7] = 0.7;
        ValidationOutputs all = Cohorts.classification(1, 4000, noise);
        ValidationOutputs half = all.select(IntStream.range(0, 2000).toArray());
        ValidationOutputs fresh = all.select(IntStream.range(2000, 4000).toArray());

        double stacked = Cohorts.lossOn(fresh, stacking.select(half));
        double weighted = Cohorts.lossOn(
                fresh,
                CombinationRule.WEIGHTED_AVERAGE
                        .selection(SelectionOptions.DEFAULT)
                        .select(half));

        assertThat(stacked).isLessThan(weighted - 0.02);
    }

    @Test
    void withoutAPullTwoStudentsGetTheirLeastSquaresWeights() {
        ValidationOutputs validation = Cohorts.regression(1, 200, 1, 1.5);
        double along = 0;
        double across = 0;
        float[] first = validation.outputs()[0];
        float[] second = validation.outputs()[1];
        float[] targets = ((org.metafusion.core.modality.Targets.Values) validation.targets()).values();
        for (int i = 0; i < targets.length; i++) {
            double difference = first[i] - second[i];
            along += difference * (targets[i] - second[i]);
            across += difference * difference;
        }

        double[] weights = fit(validation).fit(0);

        assertThat(weights[0]).isCloseTo(along / across, within(1e-4));
        assertThat(weights[1]).isCloseTo(1 - along / across, within(1e-4));
    }

    @Test
    void theWeightsFoundCannotBeImprovedInAnyDirection() {
        ValidationOutputs validation = Cohorts.classification(4, 150, 1, 2, 1.5, 1, 3);
        double[] weights = fit(validation).fit(0);
        double found = loss(validation, weights);

        assertThat(IntStream.range(0, 5).mapToDouble(s -> weights[s]).sum()).isCloseTo(1, within(1e-12));
        for (int corner = 0; corner < 5; corner++) {
            double[] moved = weights.clone();
            for (int s = 0; s < 5; s++) {
                moved[s] += 0.01 * ((s == corner ? 1 : 0) - weights[s]);
            }
            assertThat(loss(validation, moved)).isGreaterThan(found - 1e-7);
        }
    }

    @Test
    void aStrongPullLeavesTheWeightedAverage() {
        ValidationOutputs validation = Cohorts.regression(1, 100, 1, 2, 3);
        double[] weighted = CombinationRule.WEIGHTED_AVERAGE
                .selection(new SelectionOptions(0, 1, 3, 0))
                .select(validation)
                .weights();

        assertThat(fit(validation).fit(1e6)).containsExactly(weighted, within(1e-4));
    }

    @Test
    void standsStudentsThatAreBlindToRows() {
        ValidationOutputs blinded = Cohorts.blinded(Cohorts.classification(2, 80, 1, 2, 1, 3, 1), 3);

        Committee committee = stacking.select(blinded);

        assertThat(committee.validationLoss()).isFinite().isLessThan(Math.log(3));
        assertThat(committee.weights()).doesNotContain(Double.NaN);
    }

    @Test
    void aStrongPullTowardsSharpWeightsLeavesTheBestStudent() {
        ValidationOutputs validation = Cohorts.regression(1, 100, 1, 2, 3);

        assertThat(fit(validation, 1000).fit(1e6)).containsExactly(new double[] {1, 0, 0}, within(1e-4));
    }

    private static SimplexFit fit(ValidationOutputs validation) {
        return fit(validation, 1);
    }

    private static SimplexFit fit(ValidationOutputs validation, double sharpness) {
        return new SimplexFit(
                validation.outputs(),
                RowLoss.of(validation.targets()),
                IntStream.range(0, validation.rows()).toArray(),
                sharpness);
    }

    private static double loss(ValidationOutputs validation, double[] weights) {
        BitSet all = validation.visible()[0];
        int[] members = IntStream.range(0, weights.length).toArray();
        Committee committee =
                new Committee(CombinationRule.STACKING, members, weights, Double.NaN, new double[0], "as given");
        return new CommitteeLoss(validation).mean(all, committee);
    }
}
