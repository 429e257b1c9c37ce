package org.metafusion.ensemble.search;

import java.util.List;

/**
 * What a trial reached.
 *
 * @param scores one a fold it was tried on, in order
 * @param mean of the criterion over these folds
 * @param excess mean over these folds of the criterion less that of trial 0 on the same fold: comparable between trials
 *     that were tried on different numbers of folds
 */
public record TrialResult(Trial trial, List<Score> scores, double mean, double excess) {
    public TrialResult {
        scores = List.copyOf(scores);
    }

    /** The time all its fits took. */
    public double seconds() {
        return scores.stream().mapToDouble(Score::seconds).sum();
    }
}
