package org.metafusion.ensemble.strategy;

import java.util.Arrays;
import java.util.List;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.training.representation.TargetScaling;

/** How the outputs of a baseline's students become a prediction. */
@FunctionalInterface
interface Mixture {

    /** Probabilities or values in the unit of the targets, of network outputs that it may change. */
    double[] mix(List<double[]> outputs, Task task, TargetScaling scaling);

    /** Probabilities or values are averaged, as late fusion does; of a single student they are its own. */
    Mixture AVERAGE = (outputs, task, scaling) -> {
        double[] equal = new double[outputs.size()];
        Arrays.fill(equal, 1);
        return mean(readable(outputs, task, scaling), equal);
    };

    /**
     * Logits or values are added up, as in cooperative learning. For classes that is the product of experts,
     * {@code p_c} proportional to {@code prod over m of p_mc}.
     */
    Mixture SUM = (outputs, task, scaling) -> {
        double[] equal = new double[outputs.size()];
        Arrays.fill(equal, 1);
        return Outputs.readable(weightedSum(outputs, equal), task, scaling);
    };

    /** For classes, {@code p_c} proportional to {@code max over m of p_mc}: the most certain student speaks. */
    Mixture MAXIMUM = (outputs, task, scaling) -> {
        double[] largest = new double[outputs.get(0).length];
        for (double[] output : readable(outputs, task, scaling)) {
            for (int i = 0; i < largest.length; i++) {
                largest[i] = Math.max(largest[i], output[i]);
            }
        }
        return normalised(largest, task.outputs());
    };

    /**
     * For classes, the share of the students that find {@code c} most likely, with their mean probability as one further,
     * divided voice: {@code (votes_c + mean_m p_mc) / (M + 1)}. It decides ties and keeps the loss of a unanimous vote
     * finite, and cannot outvote a student.
     */
    Mixture VOTE = (outputs, task, scaling) -> {
        double[] votes = AVERAGE.mix(outputs, task, scaling);
        int classes = task.outputs();
        for (double[] output : outputs) {
            for (int from = 0; from < votes.length; from += classes) {
                votes[from + mostLikely(output, from, classes)]++;
            }
        }
        return normalised(votes, classes);
    };

    /** The median of the students' values, each target by itself: what a majority is on one side of. */
    Mixture MEDIAN = (outputs, task, scaling) -> {
        double[] median = new double[outputs.get(0).length];
        double[] values = new double[outputs.size()];
        int half = values.length / 2;
        for (int i = 0; i < median.length; i++) {
            for (int m = 0; m < values.length; m++) {
                values[m] = outputs.get(m)[i];
            }
            Arrays.sort(values);
            median[i] = values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
        }
        return Outputs.readable(median, task, scaling);
    };

    /** Probabilities or values are averaged with these weights, one a student. */
    static Mixture weighted(double[] weights) {
        return (outputs, task, scaling) -> mean(readable(outputs, task, scaling), weights);
    }

    private static List<double[]> readable(List<double[]> outputs, Task task, TargetScaling scaling) {
        outputs.forEach(output -> Outputs.readable(output, task, scaling));
        return outputs;
    }

    private static double[] mean(List<double[]> outputs, double[] weights) {
        double[] mean = weightedSum(outputs, weights);
        double total = Arrays.stream(weights).sum();
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= total;
        }
        return mean;
    }

    private static double[] weightedSum(List<double[]> outputs, double[] weights) {
        double[] sum = new double[outputs.get(0).length];
        for (int m = 0; m < weights.length; m++) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[m] * outputs.get(m)[i];
            }
        }
        return sum;
    }

    private static int mostLikely(double[] probabilities, int from, int classes) {
        int most = 0;
        for (int c = 1; c < classes; c++) {
            if (probabilities[from + c] > probabilities[from + most]) {
                most = c;
            }
        }
        return most;
    }

    private static double[] normalised(double[] values, int classes) {
        for (int from = 0; from < values.length; from += classes) {
            double sum = 0;
            for (int c = 0; c < classes; c++) {
                sum += values[from + c];
            }
            for (int c = 0; c < classes; c++) {
                values[from + c] /= sum;
            }
        }
        return values;
    }
}
