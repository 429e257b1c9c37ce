package org.metafusion.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.Backends;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;
import org.metafusion.training.phase.TrainingOptions;
import org.metafusion.training.representation.PcaExtractor;

/** A prepared cohort on a backend of its own, whose phases are to be timed. */
final class TimedCohort implements AutoCloseable {

    static final int BATCH = 64;
    static final long SEED = 1;

    private static final int TOP_PERFORMERS = 8;

    /**
     * How much there is to train.
     *
     * @param rows to learn from; a quarter as many more to validate on
     * @param epochs of each phase
     */
    record Length(int rows, int epochs) {
        int validationRows() {
            return Math.max(1, rows / 4);
        }
    }

    private final TensorBackend backend;
    private final PreparedCohort prepared;

    /** Opens the backend, computes the representations and uploads them. */
    TimedCohort(String backendName, int threads, CohortShape shape, Length length) {
        backend = Backends.installed().open(backendName, new BackendConfig(threads));
        TrainingOptions options =
                new TrainingOptions(length.epochs(), BATCH, 1e-3f, 0f, 0f, length.epochs(), 1f, 1f, SEED);
        prepared = new CohortTrainer(
                        backend, FusionOperators.standard(), Map.of(PcaExtractor.NAME, new PcaExtractor()), options)
                .begin(
                        shape.cohort(),
                        TrainingRows.holdout(
                                RandomRows.of(shape, length.rows()), RandomRows.of(shape, length.validationRows())),
                        TrainingListener.SILENT);
    }

    PreparedCohort prepared() {
        return prepared;
    }

    /** Phase 1: every student on the task loss alone. */
    PhaseOutcome alone() {
        return prepared.run(PhasePlan.alone(students()));
    }

    /** Phase 2: all students learn from eight top performers, from the initial weights again. */
    PhaseOutcome mutual() {
        float[][] weights = CohortShape.divergenceWeights(students().length, TOP_PERFORMERS);
        return prepared.run(new PhasePlan("mutual", students(), new Objective.Mutual(weights, 1f), List.of()));
    }

    private int[] students() {
        return IntStream.range(0, prepared.layout().cohort().size()).toArray();
    }

    @Override
    public void close() {
        prepared.close();
        backend.close();
    }
}
