package org.metafusion.training.representation;

import org.metafusion.core.modality.Targets;

/**
 * Targets as the network sees them: class indices as they are, regression targets centred and scaled to one standard
 * deviation on the training rows, so that the learning rate fits whatever their unit.
 *
 * @param mean of each output; empty for classification
 * @param deviation by which each output is divided; 1 where it is constant
 */
public record TargetScaling(double[] mean, double[] deviation) {

    /** Such that regression targets have standard deviation {@code wanted}. */
    public static TargetScaling fit(Targets targets, double wanted) {
        if (!(targets instanceof Targets.Values values)) {
            return new TargetScaling(new double[0], new double[0]);
        }
        int outputs = values.task().outputs();
        int rows = values.rows();
        double[] mean = new double[outputs];
        double[] deviation = new double[outputs];
        for (int k = 0; k < outputs; k++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                sum += values.values()[row * outputs + k];
            }
            mean[k] = sum / rows;
            double squares = 0;
            for (int row = 0; row < rows; row++) {
                double centred = values.values()[row * outputs + k] - mean[k];
                squares += centred * centred;
            }
            deviation[k] = squares == 0 ? 1 : Math.sqrt(squares / rows) / wanted;
        }
        return new TargetScaling(mean, deviation);
    }

    /** What the loss compares with: labels {@code [rows, 1]} or scaled values {@code [rows, outputs]}. */
    public float[] scale(Targets targets) {
        if (targets instanceof Targets.Labels labels) {
            float[] scaled = new float[labels.rows()];
            for (int row = 0; row < scaled.length; row++) {
                scaled[row] = labels.labels()[row];
            }
            return scaled;
        }
        float[] values = ((Targets.Values) targets).values();
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int k = i % mean.length;
            scaled[i] = (float) ((values[i] - mean[k]) / deviation[k]);
        }
        return scaled;
    }

    /** Network outputs in the unit of the targets; logits stay as they are. In place. */
    public double[] unscale(double[] outputs) {
        for (int i = 0; i < outputs.length && mean.length > 0; i++) {
            int k = i % mean.length;
            outputs[i] = outputs[i] * deviation[k] + mean[k];
        }
        return outputs;
    }
}
