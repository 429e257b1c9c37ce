package org.metafusion.ensemble.committee;

import java.util.Arrays;
import org.metafusion.core.modality.Task;

/** How the outputs of several students on a row become one. */
interface Combination {

    /**
     * Combines the outputs at {@code offset .. offset + k} of the members.
     *
     * @param outputs {@code [members][n * k]}
     * @param weights one a member, not negative; a member of weight 0 does not take part; their sum is positive
     * @param output {@code [k]}, overwritten
     */
    void row(float[][] outputs, double[] weights, int offset, double[] output);

    /**
     * The same for all rows.
     *
     * @param combined {@code [n * k]}, overwritten
     */
    default void rows(float[][] outputs, double[] weights, int width, double[] combined) {
        double[] output = new double[width];
        for (int offset = 0; offset < combined.length; offset += width) {
            row(outputs, weights, offset, output);
            System.arraycopy(output, 0, combined, offset, width);
        }
    }

    /** {@code sum w_s o_s / sum w_s}, of logits or of values. */
    Combination WEIGHTED_MEAN = new Combination() {
        @Override
        public void row(float[][] outputs, double[] weights, int offset, double[] output) {
            mean(outputs, weights, offset, output);
        }

        @Override
        public void rows(float[][] outputs, double[] weights, int width, double[] combined) {
            mean(outputs, weights, 0, combined);
        }

        private void mean(float[][] outputs, double[] weights, int offset, double[] mean) {
            Arrays.fill(mean, 0);
            double total = 0;
            for (int m = 0; m < weights.length; m++) {
                if (weights[m] > 0) {
                    total += weights[m];
                    addScaled(mean, outputs[m], offset, weights[m]);
                }
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] /= total;
            }
        }

        private void addScaled(double[] sum, float[] output, int offset, double weight) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * output[offset + i];
            }
        }
    };

    /**
     * A vote a member for its most likely class; as logits, {@code log((votes_c + 1/k) / (voters + 1))}, so that a
     * unanimous vote keeps a finite loss.
     */
    Combination CLASS_VOTE = (outputs, weights, offset, output) -> {
        Arrays.fill(output, 1.0 / output.length);
        double voters = 1;
        for (int m = 0; m < weights.length; m++) {
            if (weights[m] > 0) {
                int most = 0;
                for (int c = 1; c < output.length; c++) {
                    if (outputs[m][offset + c] > outputs[m][offset + most]) {
                        most = c;
                    }
                }
                output[most]++;
                voters++;
            }
        }
        for (int c = 0; c < output.length; c++) {
            output[c] = Math.log(output[c] / voters);
        }
    };

    /** The median over the members, each output apart: what a majority can agree on for values. */
    Combination MEDIAN = (outputs, weights, offset, output) -> {
        for (int c = 0; c < output.length; c++) {
            double[] values = new double[weights.length];
            int count = 0;
            for (int m = 0; m < weights.length; m++) {
                if (weights[m] > 0) {
                    values[count++] = outputs[m][offset + c];
                }
            }
            Arrays.sort(values, 0, count);
            output[c] = (values[(count - 1) / 2] + values[count / 2]) / 2;
        }
    };

    static Combination vote(Task task) {
        return task instanceof Task.Classification ? CLASS_VOTE : MEDIAN;
    }
}
