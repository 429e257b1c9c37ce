package org.metafusion.ensemble.search;

import org.metafusion.core.FusionException;

/**
 * How far a search goes.
 *
 * @param trials configurations at most
 * @param seconds after which no further fit is begun
 * @param folds of the validation: every trial is judged by fits on all folds but one
 * @param repeats how often the rows are dealt anew
 * @param seed of the draws, the folds and the fits
 */
public record SearchOptions(int trials, double seconds, int folds, int repeats, long seed, Criterion criterion) {

    public SearchOptions {
        if (trials < 1 || !(seconds > 0) || folds < 2 || repeats < 1) {
            throw new FusionException("A search takes 1 trial or more, a positive time, 2 folds or more and 1 repeat or"
                    + " more but got " + trials + ", " + seconds + " s, " + folds + " and " + repeats);
        }
    }
}
