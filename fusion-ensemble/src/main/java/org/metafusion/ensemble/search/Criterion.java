package org.metafusion.ensemble.search;

import java.util.Map;
import org.metafusion.core.modality.Task;

/** What a search makes small. */
public enum Criterion {
    /** Cross-entropy, or the mean squared error. */
    LOSS("logLoss", "mse", false),
    /** One minus the accuracy, or minus Pearson's correlation. */
    ERROR("accuracy", "pearson", true);

    private final String ofClasses;
    private final String ofValues;
    private final boolean isGood;

    Criterion(String ofClasses, String ofValues, boolean isGood) {
        this.ofClasses = ofClasses;
        this.ofValues = ofValues;
        this.isGood = isGood;
    }

    /** The metric it is made of. */
    public String metric(Task task) {
        return task instanceof Task.Classification ? ofClasses : ofValues;
    }

    /** Smaller is better; infinite where the metric is missing. */
    double of(Task task, Map<String, Double> metrics) {
        double value = metrics.getOrDefault(metric(task), Double.NaN);
        if (Double.isNaN(value)) {
            return Double.POSITIVE_INFINITY;
        }
        return isGood ? 1 - value : value;
    }
}
