package org.metafusion.ensemble.model;

import java.util.List;

/** Told what a model predicts; called by the predicting threads, several at once, so it must be quick and thread-safe. */
public interface PredictionListener {

    /** Hears nothing. */
    PredictionListener SILENT = new PredictionListener() {};

    /**
     * Rows with the same modalities were predicted.
     *
     * @param modalities the names of those that were there, in the model's order
     */
    default void predicted(List<String> modalities, int rows) {}

    /** A call was answered, after so many nanoseconds. */
    default void answered(long nanoseconds) {}
}
