package org.metafusion.testkit;

import java.util.Arrays;
import org.metafusion.core.tensor.DropoutMask;
import org.metafusion.core.tensor.NormalNoise;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;

/** The optimiser's kernels in double precision, straight from {@link org.metafusion.core.tensor.OptimizerKernels}. */
public final class OptimizerReference {

    private OptimizerReference() {}

    /**
     * What AdamW changes, a number an element.
     *
     * @param parameters p
     * @param m running mean of the gradients
     * @param v running mean of their squares
     */
    public record State(double[] parameters, double[] m, double[] v) {

        /** The given parameters before the first step. */
        public static State initial(double... parameters) {
            return new State(parameters.clone(), new double[parameters.length], new double[parameters.length]);
        }

        public State copy() {
            return new State(parameters.clone(), m.clone(), v.clone());
        }
    }

    /** One step on elements {@code from .. to - 1}, in place. */
    public static void adamW(State state, double[] gradients, int from, int to, AdamW step) {
        double beta1 = step.beta1();
        double beta2 = step.beta2();
        double learningRate = step.learningRate();
        for (int i = from; i < to; i++) {
            double g = gradients[i];
            state.parameters[i] -= learningRate * step.weightDecay() * state.parameters[i];
            state.m[i] = beta1 * state.m[i] + (1 - beta1) * g;
            state.v[i] = beta2 * state.v[i] + (1 - beta2) * g * g;
            double mean = state.m[i] / (1 - Math.pow(beta1, step.step()));
            double meanSquare = state.v[i] / (1 - Math.pow(beta2, step.step()));
            state.parameters[i] -= learningRate * mean / (Math.sqrt(meanSquare) + step.epsilon());
        }
    }

    /** Noise of the elements' own deviation on elements {@code from .. to - 1}, in place; see {@link NormalNoise}. */
    public static void addNoise(double[] values, int from, int to, long seed, int student) {
        double mean = Arrays.stream(values, from, to).average().orElse(0);
        double square = Arrays.stream(values, from, to)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0);
        int key = DropoutMask.key(seed, student);
        for (int i = from; i < to; i++) {
            values[i] += Math.sqrt(square) * NormalNoise.of(key, i - from);
        }
    }
}
