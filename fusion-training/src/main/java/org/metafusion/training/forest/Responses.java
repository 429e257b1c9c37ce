package org.metafusion.training.forest;

import org.metafusion.core.modality.Targets;
import org.metafusion.training.representation.TargetScaling;

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
                : new Values(
                        targets.task().outputs(), TargetScaling.fit(targets, 1).scale(targets));
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
    record Values(int outputs, float[] values) implements Responses {
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
                double value = values[row * outputs + k];
                sum += value * value;
            }
            return sum;
        }
    }
}
