package org.metafusion.ensemble.study.variance;

import java.util.List;
import org.metafusion.core.modality.Targets;

/**
 * A mean squared error over trainings in two parts: with the answers {@code f_r} of R trainings and their mean {@code f},
 * {@code mean_r (f_r - y)^2 = (f - y)^2 + mean_r (f_r - f)^2}, averaged over rows and outputs. For classes {@code y} is 1 for
 * the true one and 0 for the others, and {@code f} a probability.
 *
 * @param bias squared
 * @param variance over the trainings, with R in the denominator, so that the parts add up
 */
record Decomposition(double bias, double variance) {

    double error() {
        return bias + variance;
    }

    /**
     * Of answers {@code [rows, outputs]}.
     *
     * @param answers one a training
     */
    static Decomposition of(List<double[]> answers, Targets targets) {
        double[] wanted = wanted(targets);
        double bias = 0;
        double variance = 0;
        for (int i = 0; i < wanted.length; i++) {
            int at = i;
            double mean = answers.stream().mapToDouble(a -> a[at]).average().orElseThrow();
            bias += (mean - wanted[i]) * (mean - wanted[i]) / wanted.length;
            variance += answers.stream()
                            .mapToDouble(a -> (a[at] - mean) * (a[at] - mean))
                            .average()
                            .orElseThrow()
                    / wanted.length;
        }
        return new Decomposition(bias, variance);
    }

    /** The mean of several. */
    static Decomposition mean(List<Decomposition> parts) {
        return new Decomposition(
                parts.stream().mapToDouble(Decomposition::bias).average().orElseThrow(),
                parts.stream().mapToDouble(Decomposition::variance).average().orElseThrow());
    }

    private static double[] wanted(Targets targets) {
        int outputs = targets.task().outputs();
        double[] wanted = new double[targets.rows() * outputs];
        if (targets instanceof Targets.Labels labels) {
            for (int row = 0; row < targets.rows(); row++) {
                wanted[row * outputs + labels.labels()[row]] = 1;
            }
        } else if (targets instanceof Targets.Values values) {
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = values.values()[i];
            }
        }
        return wanted;
    }
}
