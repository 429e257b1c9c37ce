package org.metafusion.ensemble.model;

import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.metric.ClassificationMetrics;
import org.metafusion.ensemble.metric.RegressionMetrics;
import org.metafusion.training.representation.TargetScaling;

/** From network outputs to what people read: probabilities or values, and their metrics. */
public final class Outputs {

    private Outputs() {}

    /** Class probabilities of logits {@code [rows, classes]}, or values in the unit of the targets; in place. */
    public static double[] readable(double[] outputs, Task task, TargetScaling scaling) {
        if (task instanceof Task.Regression) {
            return scaling.unscale(outputs);
        }
        int width = task.outputs();
        for (int from = 0; from < outputs.length; from += width) {
            softmax(outputs, from, width);
        }
        return outputs;
    }

    /**
     * Objects to {@link #readable} outputs of a row that no number can be made of: features that are finite may still
     * overflow on their way through a network.
     *
     * @param id of the row, for the message
     * @throws FusionException if one is not finite as a float32
     */
    static void requireFinite(double[] values, String id) {
        for (double value : values) {
            if (!Float.isFinite((float) value)) {
                throw new FusionException("Row '" + id + "' would be answered with " + value
                        + ": its features are too far from those the model learned from; check them and their units");
            }
        }
    }

    private static void softmax(double[] logits, int from, int width) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            max = Math.max(max, logits[from + c]);
        }
        double sum = 0;
        for (int c = 0; c < width; c++) {
            logits[from + c] = StrictMath.exp(logits[from + c] - max);
            sum += logits[from + c];
        }
        for (int c = 0; c < width; c++) {
            logits[from + c] /= sum;
        }
    }

    /** The metrics of {@link #readable} outputs by name, in the order of a table. */
    public static Map<String, Double> metrics(double[] readable, Targets targets) {
        if (targets instanceof Targets.Labels labels) {
            return ClassificationMetrics.of(
                            readable, labels.labels(), labels.task().outputs())
                    .values();
        }
        float[] values = ((Targets.Values) targets).values();
        double[] wanted = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            wanted[i] = values[i];
        }
        return RegressionMetrics.of(readable, wanted, targets.task().outputs()).values();
    }
}
