package org.metafusion.training.forest;

import org.metafusion.core.modality.Targets;

/**
 * What trees predict: for classes a 1 at the label, for values the values in standard units. With either, the sum of
 * squared deviations from the mean is a node's impurity: Gini's index for classes, the variance for values.
 */
interface Responses {

    /** Numbers a row has. */
    int outputs();

    /** Adds a row's numbers to {@code sums}. */
    void add(int row, double[] sums);

    /** The sum of a row's squared numbers. */
    double square(int row);

    static Responses of(Targets targets) {
        return targets instanceof Targets.Labels labels
                ? new Classes(labels.task().outputs(), labels.labels())
                : Values.standardised((Targets.Values) targets);
    }

    /** One of {@code outputs} classes a row. */
    record Classes(int outputs, int[] labels) implements Responses {
        @Override
        public void add(int row, double[] sums) {
            sums[labels[row]]++;
        }

        @Override
        public double square(int row) {
            return 1;
        }
    }

    /** {@code [rows, outputs]}, each output with mean 0 and standard deviation 1, or 0 throughout where it is constant. */
    record Values(int outputs, double[] values) implements Responses {

        static Values standardised(Targets.Values targets) {
            int outputs = targets.task().outputs();
            int rows = targets.rows();
            double[] values = new double[rows * outputs];
            for (int k = 0; k < outputs; k++) {
                double mean = 0;
                for (int row = 0; row < rows; row++) {
                    mean += (double) targets.values()[row * outputs + k] / rows;
                }
                double variance = 0;
                for (int row = 0; row < rows; row++) {
                    double centred = targets.values()[row * outputs + k] - mean;
                    values[row * outputs + k] = centred;
                    variance += centred * centred / rows;
                }
                double scale = variance == 0 ? 0 : 1 / Math.sqrt(variance);
                for (int row = 0; row < rows; row++) {
                    values[row * outputs + k] *= scale;
                }
            }
            return new Values(outputs, values);
        }

        @Override
        public void add(int row, double[] sums) {
            for (int k = 0; k < outputs; k++) {
                sums[k] += values[row * outputs + k];
            }
        }

        @Override
        public double square(int row) {
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                sum += values[row * outputs + k] * values[row * outputs + k];
            }
            return sum;
        }
    }
}
