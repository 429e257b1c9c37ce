package org.metafusion.training.phase;

import java.util.BitSet;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.port.Trainer.CohortTraining;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.training.balance.Coalitions;
import org.metafusion.training.balance.CompetitionTrace;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.Preparation;

/** A cohort whose inputs are computed and uploaded; phases run on it. */
public final class PreparedCohort implements CohortTraining {

    private final CohortTrainer trainer;
    private final TrainingListener listener;
    private final Preparation preparation;
    private final CohortLayout layout;
    private final TensorArena arena;
    private final TrainingRows rows;
    private final CohortRows loaded;

    /** What a phase gave, and how modalities competed in it. */
    public record WatchedPhase(PhaseOutcome outcome, CompetitionTrace trace) {}

    PreparedCohort(CohortTrainer trainer, Cohort cohort, TrainingRows rows, TrainingListener listener) {
        if (rows.train().rows() == 0 || rows.validation().rows() == 0) {
            throw new FusionException("Training needs rows to learn from and rows to validate on but got "
                    + rows.train().rows() + " and " + rows.validation().rows() + "; give more rows");
        }
        this.rows = rows;
        this.trainer = trainer;
        this.listener = listener;
        this.preparation = Preparation.fit(cohort, rows, trainer.preparation());
        this.layout = new CohortLayout(cohort, rows.folds(), trainer.operators(), preparation::width);
        this.arena = trainer.backend().openArena("rows of " + rows.train().name());
        try {
            this.loaded = CohortRows.load(trainer.backend(), arena, layout, preparation, rows);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** Gradient blending measures its weights on all students of the same modalities together. */
    @Override
    public boolean trainsApart() {
        return trainer.modulation().kind() != Modulation.BLENDING;
    }

    /** What students learn from and are judged by. */
    public TrainingRows rows() {
        return rows;
    }

    /** What was fitted on the training rows. */
    public Preparation preparation() {
        return preparation;
    }

    /** Where the students' parameters lie. */
    public CohortLayout layout() {
        return layout;
    }

    /**
     * As {@link #run}, with an account of how the modalities of the plan's students competed. After each step the
     * gradients, and after each epoch the outputs for every set of modalities, are computed and downloaded, so this is for
     * few students, of one copy each.
     *
     * @throws FusionException if there are more modalities than {@link Coalitions#MOST_MODALITIES}
     */
    public WatchedPhase watch(PhasePlan plan) {
        if (layout.folds() > 1) {
            throw new IllegalStateException("Students are watched in one copy each but have " + layout.folds());
        }
        Coalitions.requireFew(layout.cohort().modalities().size());
        try (PhaseRun run = begin(plan);
                CompetitionMeter meter = run.meter()) {
            return new WatchedPhase(run.train(meter), meter.trace());
        } finally {
            listener.phaseEnded(plan.name());
        }
    }

    private PhaseRun begin(PhasePlan plan) {
        listener.phaseStarted(
                plan.name(), plan.students().length, trainer.options().epochs());
        return new PhaseRun(trainer, new PhaseRun.Subject(layout, preparation.starts(), loaded), plan, listener);
    }

    @Override
    public PhaseOutcome run(PhasePlan plan) {
        try (PhaseRun run = begin(plan)) {
            return run.train(PhaseObserver.NONE);
        } finally {
            listener.phaseEnded(plan.name());
        }
    }

    /**
     * What the {@linkplain org.metafusion.core.student.StudentSpec#isTolerant tolerant} students of a phase say about the
     * validation rows as if only the given modalities were there.
     *
     * @return {@code [rows, outputs]} by student number of the cohort; empty for one that is not tolerant
     */
    public float[][] partialOutputs(PhaseOutcome outcome, BitSet available) {
        try (PartialJudges judges = new PartialJudges(trainer.backend(), layout, loaded, outcome)) {
            return judges.outputs(available);
        }
    }

    @Override
    public void close() {
        trainer.backend().synchronize();
        arena.close();
    }
}
