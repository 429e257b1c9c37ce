package org.metafusion.training.phase;

import java.util.SortedSet;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.Trainer.CohortTraining;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;

/** A cohort whose inputs are computed and uploaded; phases run on it. */
public final class PreparedCohort implements CohortTraining {

    private final CohortTrainer trainer;
    private final TrainingListener listener;
    private final Preparation preparation;
    private final CohortLayout layout;
    private final TensorArena arena;
    private final DeviceRows train;
    private final DeviceRows validation;

    PreparedCohort(
            CohortTrainer trainer,
            Cohort cohort,
            MultimodalDataset train,
            MultimodalDataset validation,
            TrainingListener listener) {
        if (train.rows() == 0 || validation.rows() == 0) {
            throw new FusionException("Training needs rows to learn from and rows to validate on but got "
                    + train.rows() + " and " + validation.rows() + "; give more rows");
        }
        this.trainer = trainer;
        this.listener = listener;
        this.preparation = Preparation.fit(cohort, train, trainer.preparation());
        this.layout = new CohortLayout(cohort, trainer.operators(), preparation::width);
        this.arena = trainer.backend().openArena("rows of " + train.name());
        this.train = upload(train);
        this.validation = upload(validation);
    }

    private DeviceRows upload(MultimodalDataset rows) {
        SortedSet<InputKey> keys = layout.inputs(Members.all(layout.cohort().size()));
        return DeviceRows.upload(
                trainer.backend(),
                arena,
                layout.cohort(),
                preparation.apply(rows.samples(), keys),
                preparation.targets().scale(rows.targets()));
    }

    /** What was fitted on the training rows. */
    public Preparation preparation() {
        return preparation;
    }

    /** Where the students' parameters lie. */
    public CohortLayout layout() {
        return layout;
    }

    @Override
    public PhaseOutcome run(PhasePlan plan) {
        listener.phaseStarted(
                plan.name(), plan.students().length, trainer.options().epochs());
        try (PhaseRun run =
                new PhaseRun(trainer.backend(), trainer.options(), layout, train, validation, plan, listener)) {
            return run.train();
        } finally {
            listener.phaseEnded(plan.name());
        }
    }

    @Override
    public void close() {
        trainer.backend().synchronize();
        arena.close();
    }
}
