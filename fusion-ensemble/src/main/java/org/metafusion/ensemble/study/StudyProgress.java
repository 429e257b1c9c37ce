package org.metafusion.ensemble.study;

import org.metafusion.core.port.TrainingListener;

/** Told how a study goes. */
public interface StudyProgress extends TrainingListener {

    /** Hears nothing. */
    StudyProgress SILENT = new StudyProgress() {};

    /**
     * A piece of work begins that has phases of its own.
     *
     * @param name put before what is said of it, such as {@code seed 2 of 5}
     */
    default void work(String name) {}
}
