package org.metafusion.ensemble.fit;

import java.util.List;
import java.util.Map;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.DivergenceScheme;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.phase.TrainingOptions;

/**
 * Everything that decides how a model is fitted.
 *
 * @param validation by which rows is selected
 * @param rule how the committee is made
 * @param selection how far its selection goes
 * @param modulation what keeps the modalities of a student from crowding each other out in training
 */
public record FitOptions(
        CohortOptions cohort,
        TrainingOptions training,
        MutualOptions mutual,
        CombinationRule rule,
        SelectionOptions selection,
        ValidationOptions validation,
        ModulationOptions modulation) {

    /** Without modulation. */
    public FitOptions(
            CohortOptions cohort,
            TrainingOptions training,
            MutualOptions mutual,
            CombinationRule rule,
            SelectionOptions selection,
            ValidationOptions validation) {
        this(cohort, training, mutual, rule, selection, validation, ModulationOptions.NONE);
    }

    /** The defaults, chosen once for all data sets; see docs/experiments.md. */
    public static FitOptions defaults() {
        return new FitOptions(
                new CohortOptions(
                        Map.of(), List.of(HeadSpec.of(128), HeadSpec.LINEAR), true, List.of(Concatenation.NAME), 48),
                new TrainingOptions(80, 64, 1e-3f, 1e-2f, 0.3f, 15, 1f, 1f, 0),
                new MutualOptions(
                        DivergenceScheme.ADAPTIVE,
                        List.of(0.0, 0.5, 1.0, 2.0, 5.0),
                        ClusterCount.SILHOUETTE,
                        RhoJudge.COMMITTEE,
                        false),
                CombinationRule.AUTO,
                SelectionOptions.DEFAULT,
                new ValidationOptions(0.2, 5, 2000));
    }

    /** With another seed of the validation split, initial weights, batches, dropout and committee selection. */
    public FitOptions withSeed(long seed) {
        SelectionOptions s = selection;
        SelectionOptions selecting = new SelectionOptions(s.pruneFraction(), s.initialMembers(), s.maxMembers(), seed);
        return new FitOptions(cohort, training.withSeed(seed), mutual, rule, selecting, validation, modulation);
    }

    public FitOptions withTraining(TrainingOptions other) {
        return new FitOptions(cohort, other, mutual, rule, selection, validation, modulation);
    }

    public FitOptions withCohort(CohortOptions other) {
        return new FitOptions(other, training, mutual, rule, selection, validation, modulation);
    }

    public FitOptions withMutual(MutualOptions other) {
        return new FitOptions(cohort, training, other, rule, selection, validation, modulation);
    }

    public FitOptions withValidation(ValidationOptions other) {
        return new FitOptions(cohort, training, mutual, rule, selection, other, modulation);
    }

    public FitOptions withRule(CombinationRule other) {
        return new FitOptions(cohort, training, mutual, other, selection, validation, modulation);
    }

    public FitOptions withSelection(SelectionOptions other) {
        return new FitOptions(cohort, training, mutual, rule, other, validation, modulation);
    }

    public FitOptions withModulation(ModulationOptions other) {
        return new FitOptions(cohort, training, mutual, rule, selection, validation, other);
    }
}
