package org.metafusion.ensemble.strategy;

import java.util.List;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.training.representation.TargetScaling;

/** How the outputs of a baseline's students become a prediction. */
enum Mixture {
    /** Probabilities or values are averaged, as late fusion does; of a single student they are its own. */
    AVERAGE {
        @Override
        double[] mix(List<double[]> outputs, Task task, TargetScaling scaling) {
            outputs.forEach(output -> Outputs.readable(output, task, scaling));
            double[] mixed = sum(outputs);
            for (int i = 0; i < mixed.length; i++) {
                mixed[i] /= outputs.size();
            }
            return mixed;
        }
    },
    /** Logits or values are added up, as in cooperative learning. */
    SUM {
        @Override
        double[] mix(List<double[]> outputs, Task task, TargetScaling scaling) {
            return Outputs.readable(sum(outputs), task, scaling);
        }
    };

    /** Probabilities or values in the unit of the targets, of network outputs that it may change. */
    abstract double[] mix(List<double[]> outputs, Task task, TargetScaling scaling);

    private static double[] sum(List<double[]> outputs) {
        double[] sum = new double[outputs.get(0).length];
        for (double[] output : outputs) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += output[i];
            }
        }
        return sum;
    }
}
