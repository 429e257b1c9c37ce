package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.port.Trainer.CohortTraining;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.DivergenceScheme;
import org.metafusion.ensemble.screening.TopPerformers;

/** The choice of rho, on trainings whose losses are known. */
final class MutualLearningTest {

    private static final TopPerformers TOP =
            new TopPerformers(new int[] {0, 0, 1, 1}, 2, new int[] {0, 1}, new double[] {0.9}, "two of four");

    /** Under rho the top performers' losses are those of phase 1 less a tenth of rho. */
    private record Known(boolean trainsApart, List<Integer> trained) implements CohortTraining {
        Known(boolean trainsApart) {
            this(trainsApart, new ArrayList<>());
        }

        @Override
        public PhaseOutcome run(PhasePlan plan) {
            float rho = ((Objective.Mutual) plan.objective()).rho();
            trained.add(plan.students().length);
            return outcome(plan.students(), rho);
        }

        @Override
        public void close() {}
    }

    private static PhaseOutcome outcome(int[] students, float rho) {
        return new PhaseOutcome(
                Arrays.stream(students)
                        .mapToObj(s -> new StudentOutcome(
                                s, new float[0], 1, 1 + s - 0.1 * rho, new float[] {rho}, new double[0]))
                        .toList(),
                1);
    }

    private static MutualLearning.Result learn(RhoJudge judge, ToDoubleFunction<PhaseOutcome> committeeLoss) {
        return learn(new Known(true), judge, committeeLoss);
    }

    private static MutualLearning.Result learn(
            Known training, RhoJudge judge, ToDoubleFunction<PhaseOutcome> committeeLoss) {
        PhaseOutcome alone = outcome(IntStream.range(0, 4).toArray(), 0);
        MutualOptions options = new MutualOptions(
                DivergenceScheme.ADAPTIVE, List.of(0.0, 1.0, 2.0, 5.0), ClusterCount.SILHOUETTE, judge, false);
        return new MutualLearning(training, options, alone, TOP, committeeLoss).run();
    }

    private static float rhoOf(PhaseOutcome outcome) {
        return outcome.students().get(0).validationOutputs()[0];
    }

    @Test
    void topPerformersJudgeByTheirMeanLoss() {
        MutualLearning.Result result = learn(RhoJudge.TOP_PERFORMERS, outcome -> Double.NaN);
        assertThat(result.rho()).isEqualTo(5);
        assertThat(result.outcome().students()).hasSize(4);
        assertThat(result.trials()).extracting(RhoTrial::loss).containsExactly(1.5, 1.4, 1.3, 1.0);
    }

    @Test
    void aRhoIsTriedOnTheTopPerformersAloneOnlyWhereStudentsTrainApart() {
        Known apart = new Known(true);
        Known together = new Known(false);
        assertThat(learn(apart, RhoJudge.TOP_PERFORMERS, outcome -> Double.NaN).trials())
                .isEqualTo(learn(together, RhoJudge.TOP_PERFORMERS, outcome -> Double.NaN)
                        .trials());
        assertThat(apart.trained()).containsExactly(2, 2, 2, 4);
        assertThat(together.trained()).containsExactly(4, 4, 4);
    }

    @Test
    void committeesJudgeByWhatTheTopPerformersPredictTogether() {
        MutualLearning.Result result = learn(
                RhoJudge.COMMITTEE,
                outcome -> Math.abs(rhoOf(outcome) - 1) + outcome.students().size());
        assertThat(result.rho()).isEqualTo(1);
        assertThat(result.outcome().students()).hasSize(4);
        assertThat(result.trials()).extracting(RhoTrial::loss).containsExactly(3.0, 2.0, 3.0, 6.0);
        assertThat(result.trials()).extracting(RhoTrial::judge).containsOnly(RhoJudge.COMMITTEE);
    }

    @Test
    void aRhoThatMakesTheWholeCommitteeNoBetterIsDropped() {
        MutualLearning.Result result =
                learn(RhoJudge.COMMITTEE, outcome -> outcome.students().size() == 4 ? 1 : Math.abs(rhoOf(outcome) - 2));
        assertThat(result.trials()).extracting(RhoTrial::loss).containsExactly(2.0, 1.0, 0.0, 3.0);
        assertThat(result.rho()).isZero();
        assertThat(rhoOf(result.outcome())).isZero();
    }
}
