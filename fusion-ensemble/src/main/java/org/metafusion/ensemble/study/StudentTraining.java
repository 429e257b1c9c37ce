package org.metafusion.ensemble.study;

import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.training.phase.CohortTrainer;
import org.metafusion.training.phase.PreparedCohort;

/**
 * Trains students of a study's choosing, side by side as one cohort.
 *
 * @param backend stays open
 * @param options of training and validation; the cohort's are not looked at
 */
public record StudentTraining(TensorBackend backend, FitOptions options, TrainingListener listener) {

    /**
     * Each student alone, on a part of the rows; the rest selects its best epoch.
     *
     * @param name of the phase, for people
     */
    public TrainedStudents alone(String name, List<StudentSpec> students, MultimodalDataset rows) {
        Cohort cohort = new Cohort(rows.modalities(), rows.task(), students);
        TrainingRows split =
                options.validation().holdout().split(rows, options.training().seed());
        PreparedCohort prepared = trainer().begin(cohort, split, listener);
        try {
            PhasePlan plan = PhasePlan.alone(IntStream.range(0, students.size()).toArray());
            PhasePlan named = new PhasePlan(name, plan.students(), plan.objective(), plan.startFrom());
            return TrainedStudents.owning(backend, prepared, prepared.run(named));
        } catch (RuntimeException e) {
            prepared.close();
            throw e;
        }
    }

    private CohortTrainer trainer() {
        return new CohortTrainer(
                backend,
                FusionOperators.standard(),
                Extractors.of(options.cohort()).byName(),
                options.training(),
                options.modulation());
    }
}
