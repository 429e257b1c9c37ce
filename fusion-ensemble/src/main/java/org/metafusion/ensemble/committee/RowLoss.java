package org.metafusion.ensemble.committee;

import java.util.BitSet;
import org.metafusion.core.modality.Targets;

/**
 * The task loss of one row: cross-entropy of logits, {@code logsumexp(o) - o[label]}, or the squared error, the mean
 * over the outputs.
 */
sealed interface RowLoss {

    /** The loss of output {@code [k]} at a row. */
    double at(int row, double[] output);

    /** The loss at a row of the best constant output, which is what is known of a row nobody can see. */
    double unseen(int row);

    /** The gradient of {@link #at} with respect to the output, into {@code dOutput [k]}. */
    void gradient(int row, double[] output, double[] dOutput);

    int width();

    static RowLoss of(Targets targets) {
        if (targets instanceof Targets.Labels labels) {
            return new CrossEntropy(labels, CrossEntropy.priorLogits(labels));
        }
        Targets.Values values = (Targets.Values) targets;
        return new SquaredError(values, SquaredError.means(values));
    }

    /** The mean over the visible rows of one student's outputs {@code [n * k]}; NaN if there is none. */
    default double mean(float[] outputs, BitSet visible) {
        double[] output = new double[width()];
        double sum = 0;
        for (int row = visible.nextSetBit(0); row >= 0; row = visible.nextSetBit(row + 1)) {
            for (int c = 0; c < output.length; c++) {
                output[c] = outputs[row * output.length + c];
            }
            sum += at(row, output);
        }
        return sum / visible.cardinality();
    }

    /** Cross-entropy of logits. */
    record CrossEntropy(Targets.Labels labels, double[] prior) implements RowLoss {

        private static double[] priorLogits(Targets.Labels labels) {
            double[] counts = new double[labels.task().outputs()];
            java.util.Arrays.fill(counts, 1);
            for (int label : labels.labels()) {
                counts[label]++;
            }
            for (int c = 0; c < counts.length; c++) {
                counts[c] = Math.log(counts[c]);
            }
            return counts;
        }

        @Override
        public double at(int row, double[] output) {
            double max = output[0];
            for (int c = 1; c < output.length; c++) {
                max = Math.max(max, output[c]);
            }
            double sum = 0;
            for (double logit : output) {
                sum += Math.exp(logit - max);
            }
            return max + Math.log(sum) - output[labels.labels()[row]];
        }

        @Override
        public double unseen(int row) {
            return at(row, prior);
        }

        @Override
        public void gradient(int row, double[] output, double[] dOutput) {
            double max = Double.NEGATIVE_INFINITY;
            for (double logit : output) {
                max = Math.max(max, logit);
            }
            double sum = 0;
            for (int c = 0; c < output.length; c++) {
                dOutput[c] = Math.exp(output[c] - max);
                sum += dOutput[c];
            }
            for (int c = 0; c < output.length; c++) {
                dOutput[c] /= sum;
            }
            dOutput[labels.labels()[row]] -= 1;
        }

        @Override
        public int width() {
            return prior.length;
        }
    }

    /** Squared error, the mean over the outputs. */
    record SquaredError(Targets.Values values, double[] mean) implements RowLoss {

        private static double[] means(Targets.Values values) {
            double[] mean = new double[values.task().outputs()];
            for (int i = 0; i < values.values().length; i++) {
                mean[i % mean.length] += values.values()[i] / (double) values.rows();
            }
            return mean;
        }

        @Override
        public double at(int row, double[] output) {
            double sum = 0;
            for (int c = 0; c < output.length; c++) {
                double error = output[c] - values.values()[row * output.length + c];
                sum += error * error;
            }
            return sum / output.length;
        }

        @Override
        public double unseen(int row) {
            return at(row, mean);
        }

        @Override
        public void gradient(int row, double[] output, double[] dOutput) {
            for (int c = 0; c < output.length; c++) {
                dOutput[c] = 2 * (output[c] - values.values()[row * output.length + c]) / output.length;
            }
        }

        @Override
        public int width() {
            return mean.length;
        }
    }
}
