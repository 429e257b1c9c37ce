package org.metafusion.ensemble.strategy;

import org.metafusion.core.port.Trainer.PhaseOutcome;

/**
 * A baseline: some students of one phase and how their outputs are put together.
 *
 * @param detail which students, in words
 * @param outcome the phase the students are taken from
 * @param students their numbers in the cohort, ascending
 * @param validationLoss task loss on the validation rows; NaN where it was not needed
 * @param judgedOn the validation rows that have what it needs
 */
record Strategy(
        String name,
        String detail,
        PhaseOutcome outcome,
        int[] students,
        double validationLoss,
        Reach judgedOn,
        Mixture mixture) {}
