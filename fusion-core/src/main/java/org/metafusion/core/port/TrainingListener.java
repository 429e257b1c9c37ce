package org.metafusion.core.port;

/** Told how a training goes; called by the training thread, so it must be quick. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener SILENT = new TrainingListener() {};

    /**
     * A phase begins.
     *
     * @param phase for people, such as {@code alone} or {@code mutual rho=0.5}
     * @param students how many train
     * @param epochs at most
     */
    default void phaseStarted(String phase, int students, int epochs) {}

    /**
     * An epoch ended.
     *
     * @param epoch from 1
     * @param active students still training
     * @param bestLoss the lowest validation task loss of any student so far
     */
    default void epochEnded(String phase, int epoch, int active, double bestLoss) {}

    default void phaseEnded(String phase) {}

    /** Something the user should know: a failure sign, a choice that was made for them. */
    default void message(String text) {}
}
