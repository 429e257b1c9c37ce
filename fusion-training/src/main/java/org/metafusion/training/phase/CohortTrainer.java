package org.metafusion.training.phase;

import java.util.Map;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.port.Trainer;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.representation.Preparation;

/**
 * Trains a cohort as one network on a tensor backend.
 *
 * @param backend stays open; used by one training at a time
 * @param extractors by name
 * @param modulation of students that read several modalities
 */
public record CohortTrainer(
        TensorBackend backend,
        FusionOperators operators,
        Map<String, FeatureExtractor> extractors,
        TrainingOptions options,
        ModulationOptions modulation)
        implements Trainer {

    /** Without modulation. */
    public CohortTrainer(
            TensorBackend backend,
            FusionOperators operators,
            Map<String, FeatureExtractor> extractors,
            TrainingOptions options) {
        this(backend, operators, extractors, options, ModulationOptions.NONE);
    }

    @Override
    public PreparedCohort begin(Cohort cohort, TrainingRows rows, TrainingListener listener) {
        modulation.requirePossible(cohort.task(), cohort.modalities().size());
        return new PreparedCohort(this, cohort, rows, listener);
    }

    /** What the inputs of its cohorts are prepared with. */
    Preparation.Setup preparation() {
        return new Preparation.Setup(extractors, backend, options.targetDeviation(), options.seed());
    }
}
