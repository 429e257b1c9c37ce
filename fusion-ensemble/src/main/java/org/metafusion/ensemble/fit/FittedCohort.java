package org.metafusion.ensemble.fit;

import java.util.List;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.ensemble.committee.PartialOutputs;
import org.metafusion.ensemble.committee.ValidationOutputs;
import org.metafusion.ensemble.screening.TopPerformers;
import org.metafusion.training.phase.PreparedCohort;

/**
 * A cohort after both phases; owns the rows on the device until it is closed.
 *
 * @param split the rows it learned from and was selected by
 * @param alone phase 1
 * @param top its top performers
 * @param rhoTrials empty where there was nothing to choose
 * @param rho the chosen weight of the divergence
 * @param mutual phase 2; phase 1 again where rho is 0
 */
public record FittedCohort(
        Cohort cohort,
        TrainingRows split,
        PreparedCohort prepared,
        PhaseOutcome alone,
        TopPerformers top,
        List<RhoTrial> rhoTrials,
        double rho,
        PhaseOutcome mutual)
        implements AutoCloseable {

    /** What the students of an outcome of this cohort say about the validation rows. */
    public ValidationOutputs validation(PhaseOutcome outcome) {
        return CohortFitter.validation(cohort, split.validation(), prepared.preparation(), outcome);
    }

    /** The same when only some modalities are there, where it makes a difference: among tolerant students. */
    public PartialOutputs partial(PhaseOutcome outcome) {
        ValidationOutputs natural = validation(outcome);
        return available -> cohort.students().stream().anyMatch(StudentSpec::isTolerant)
                ? CohortFitter.partial(this, outcome, natural, available)
                : natural;
    }

    /** The same cohort with other top performers, to be taught by them; phase 2 stays as it was. */
    public FittedCohort with(TopPerformers other) {
        return new FittedCohort(cohort, split, prepared, alone, other, rhoTrials, rho, mutual);
    }

    /** Validation task losses by student. */
    public static double[] losses(PhaseOutcome outcome) {
        return outcome.students().stream()
                .mapToDouble(StudentOutcome::validationLoss)
                .toArray();
    }

    @Override
    public void close() {
        prepared.close();
    }
}
