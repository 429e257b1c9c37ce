package org.metafusion.ensemble.committee;

import org.metafusion.core.FusionException;

/**
 * How far a selection may go.
 *
 * @param pruneFraction the worst students dropped before anything else, 0 inclusive to 1 exclusive
 * @param initialMembers the best students a greedy selection starts with
 * @param maxMembers the most members; for greedy selection with replacement the most draws
 * @param seed of the splits of the validation rows where a rule is cross-validated
 */
public record SelectionOptions(double pruneFraction, int initialMembers, int maxMembers, long seed) {

    /** As in Meta Fusion: drop the worst fifth, start with three, stop at thirty. */
    public static final SelectionOptions DEFAULT = new SelectionOptions(0.2, 3, 30, 0);

    public SelectionOptions {
        if (!(pruneFraction >= 0 && pruneFraction < 1)) {
            throw new FusionException("The pruned fraction must be 0 or more and less than 1 but is " + pruneFraction);
        }
        if (initialMembers < 1 || maxMembers < initialMembers) {
            throw new FusionException("A committee starts with 1 member or more and no more than its most members, but"
                    + " got " + initialMembers + " to start with and " + maxMembers + " at most");
        }
    }
}
