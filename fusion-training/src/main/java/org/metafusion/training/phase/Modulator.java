package org.metafusion.training.phase;

import java.util.Arrays;
import org.metafusion.core.tensor.Members;

/** Changes what a training step does to each modality's part of the students. */
interface Modulator extends AutoCloseable {

    /** Leaves every step as it is. */
    Modulator NONE = new Modulator() {};

    /** From here on these students train. */
    default void follow(Members active) {}

    /** Looks at the batch {@code order[from ..]} before the step, and waits for what the students say about it. */
    default void observe(int[] order, int from) {}

    /** Queues what comes between the gradients and the optimiser. */
    default void beforeOptimizer(long seed) {}

    /** Queues what comes after the optimiser. */
    default void afterOptimizer() {}

    /** The mean coefficient of each modality of the cohort since this was last asked for a student. */
    default double[] meanCoefficients(int student, int modalities) {
        double[] ones = new double[modalities];
        Arrays.fill(ones, 1);
        return ones;
    }

    @Override
    default void close() {}
}
