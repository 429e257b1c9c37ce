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

    /** {@code sum w_s o_s / sum w_s}, of logits or of values. */
    Combination WEIGHTED_MEAN = (outputs, weights, offset, output) -> {
        Arrays.fill(output, 0);
        double total = 0;
        for (int m = 0; m < weights.length; m++) {
            if (weights[m] > 0) {
                total += weights[m];
                for (int c = 0; c < output.length; c++) {
                    output[c] += weights[m] * outputs[m][offset + c];
                }
            }
        }
        for (int c = 0; c < output.length; c++) {
            output[c] /= total;
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
