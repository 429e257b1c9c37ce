package org.metafusion.ensemble.search;

import org.metafusion.core.port.TrainingListener;

/** Told how a search goes. */
public interface SearchListener {

    /** Hears nothing. */
    SearchListener SILENT = (trial, fold, alive) -> TrainingListener.SILENT;

    /**
     * A fit begins.
     *
     * @param alive trials still in the race
     * @return who hears of the fit
     */
    TrainingListener fitting(Trial trial, int fold, int alive);
}
