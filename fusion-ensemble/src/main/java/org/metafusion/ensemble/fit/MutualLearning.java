package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.metafusion.core.port.Trainer.CohortTraining;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.ensemble.screening.DivergenceScheme;
import org.metafusion.ensemble.screening.TopPerformers;

/**
 * Phase 2, adaptive mutual learning, with the choice of rho (arXiv 2507.20089) by what a {@link RhoJudge} looks at of the
 * top performers. Judged by committees, a rho above 0 is also dropped if the committee of all students is no better for
 * it.
 *
 * <p>Under the adaptive scheme the top performers learn from each other only, so nobody else can change them: a rho is
 * tried on the top performers alone, and the others learn only under the rho that is chosen, to the same bits. Not where
 * students {@linkplain CohortTraining#trainsApart do not train apart}. A single top performer learns from nobody, so there
 * rho is judged by all students.
 */
public final class MutualLearning {

    /**
     * What phase 2 gave.
     *
     * @param rho the chosen one
     * @param trials rho and the loss it was judged by
     * @param outcome of all students; that of phase 1 where rho is 0
     */
    public record Result(double rho, List<RhoTrial> trials, PhaseOutcome outcome) {}

    private final CohortTraining training;
    private final MutualOptions options;
    private final PhaseOutcome alone;
    private final TopPerformers top;
    private final ToDoubleFunction<PhaseOutcome> committeeLoss;

    /** @param committeeLoss the validation loss of the committee that the students of an outcome make */
    MutualLearning(
            CohortTraining training,
            MutualOptions options,
            PhaseOutcome alone,
            TopPerformers top,
            ToDoubleFunction<PhaseOutcome> committeeLoss) {
        this.committeeLoss = committeeLoss;
        this.training = training;
        this.options = options;
        this.alone = alone;
        this.top = top;
    }

    Result run() {
        int[] judged = top.students().length > 1 ? top.students() : everyone();
        boolean onlyTop = options.scheme() == DivergenceScheme.ADAPTIVE
                && training.trainsApart()
                && judged.length < everyone().length;
        List<RhoTrial> trials = new ArrayList<>();
        Result best = null;
        double bestLoss = Double.POSITIVE_INFINITY;
        for (double rho : options.scheme() == DivergenceScheme.NONE ? List.of(0.0) : options.rhos()) {
            PhaseOutcome outcome = rho == 0 ? alone : train(rho, onlyTop ? judged : everyone());
            double loss = loss(outcome, judged);
            trials.add(new RhoTrial(rho, loss, options.judge()));
            if (best == null || loss < bestLoss) {
                bestLoss = loss;
                best = new Result(rho, trials, outcome);
            }
        }
        Result chosen = java.util.Objects.requireNonNull(best);
        if (chosen.rho() == 0) {
            return chosen;
        }
        PhaseOutcome outcome = onlyTop ? train(chosen.rho(), everyone()) : chosen.outcome();
        if (options.judge() == RhoJudge.COMMITTEE && trials.get(0).rho() == 0) {
            double taught = committeeLoss.applyAsDouble(outcome);
            if (!(taught < committeeLoss.applyAsDouble(alone))) {
                return new Result(0, trials, alone);
            }
        }
        return new Result(chosen.rho(), trials, outcome);
    }

    private double loss(PhaseOutcome outcome, int[] judged) {
        if (options.judge() == RhoJudge.TOP_PERFORMERS) {
            return meanLoss(outcome, judged);
        }
        List<StudentOutcome> among = outcome.students().stream()
                .filter(s -> Arrays.binarySearch(judged, s.student()) >= 0)
                .toList();
        return committeeLoss.applyAsDouble(new PhaseOutcome(among, outcome.epochs()));
    }

    private int[] everyone() {
        return alone.students().stream().mapToInt(StudentOutcome::student).toArray();
    }

    private PhaseOutcome train(double rho, int[] students) {
        int size = everyone().length;
        float[] flat = options.scheme().weights(size, top);
        float[][] weights = new float[size][];
        for (int i = 0; i < size; i++) {
            weights[i] = Arrays.copyOfRange(flat, i * size, (i + 1) * size);
        }
        List<float[]> start = options.continued()
                ? alone.students().stream().map(StudentOutcome::parameters).toList()
                : List.of();
        String name = String.format(Locale.ROOT, "mutual, rho %s", trimmed(rho));
        return training.run(new PhasePlan(name, students, new Objective.Mutual(weights, (float) rho), start));
    }

    private static String trimmed(double rho) {
        return rho == Math.rint(rho) ? Long.toString((long) rho) : Double.toString(rho);
    }

    private static double meanLoss(PhaseOutcome outcome, int[] students) {
        return outcome.students().stream()
                .filter(s -> Arrays.binarySearch(students, s.student()) >= 0)
                .mapToDouble(StudentOutcome::validationLoss)
                .filter(loss -> !Double.isNaN(loss))
                .average()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
