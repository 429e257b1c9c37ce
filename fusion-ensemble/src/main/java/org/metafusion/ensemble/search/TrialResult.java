package org.metafusion.ensemble.search;

import java.util.List;

/**
 * What a trial reached.
 *
 * @param scores one a fold it was tried on, in order
 * @param mean of the criterion over these folds
 * @param excess mean over these folds of the criterion less that of trial 0 on the same fold: comparable between trials
 *     that were tried on different numbers of folds
 * @param excessError its standard error; not a number on a single fold
 */
public record TrialResult(Trial trial, List<Score> scores, double mean, double excess, double excessError) {
    public TrialResult {
        scores = List.copyOf(scores);
    }

    /** Whether it is better than trial 0 by more than the standard error, which a single fold does not tell. */
    public boolean isClearlyBetter() {
        return excess < -excessError;
    }

    /** The time all its fits took. */
    public double seconds() {
        return scores.stream().mapToDouble(Score::seconds).sum();
    }
}
