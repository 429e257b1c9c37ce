package org.metafusion.core.tensor;

/** Kernels on the flat parameter buffer of a cohort. */
public interface OptimizerKernels {

    /**
     * One step of AdamW (decoupled weight decay, bias-corrected moments), element by element:
     *
     * <pre>
     * p -= learningRate * weightDecay * p
     * m = beta1 m + (1 - beta1) g;   v = beta2 v + (1 - beta2) g^2
     * p -= learningRate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)
     * </pre>
     *
     * All tensors are shared {@code [1, size]} buffers of one layout.
     *
     * @param layout which part of the buffers belongs to which student; only these parts are updated
     */
    void adamW(Tensor parameters, Tensor gradients, Tensor m, Tensor v, ParameterLayout layout, AdamW step);

    /** Copies the parts of the chosen members of {@code layout} from {@code source} to {@code target}. */
    void copy(Tensor target, Tensor source, ParameterLayout layout);

    /**
     * Goes only part of the way from {@code origin} to {@code target}, or beyond:
     * {@code target = origin + factors[s] (target - origin)} on the part of each member {@code s} of {@code layout}.
     * With an origin of zeros it scales.
     *
     * @param factors {@code [1, 1]} a student
     */
    void rescale(Tensor target, Tensor origin, Tensor factors, ParameterLayout layout);

    /**
     * Adds to each element {@code e} of a member's part, counted from the part's start, {@code deviation z}, where the
     * deviation is the standard deviation of the part's elements before and {@code z} is {@link NormalNoise}, a pure
     * function of {@code (seed, member, e)}.
     */
    void addNoise(Tensor target, ParameterLayout layout, long seed);

    /**
     * One contiguous part of a flat buffer a student.
     *
     * @param members whose parts
     * @param bounds member {@code i} owns elements {@code bounds[2 i] .. bounds[2 i + 1] - 1}; the parts do not overlap
     */
    record ParameterLayout(Members members, int[] bounds) {
        public ParameterLayout {
            if (members.isShared() || bounds.length != 2 * members.count()) {
                throw new IllegalArgumentException("A layout of members " + members + " takes " + 2 * members.count()
                        + " bounds but got " + bounds.length);
            }
        }
    }

    /**
     * The settings of one step.
     *
     * @param step t, counted from 1
     */
    record AdamW(float learningRate, float beta1, float beta2, float epsilon, float weightDecay, int step) {
        /** The usual betas 0.9 and 0.999 and epsilon 1e-8. */
        public static AdamW of(float learningRate, float weightDecay, int step) {
            return new AdamW(learningRate, 0.9f, 0.999f, 1e-8f, weightDecay, step);
        }
    }
}
