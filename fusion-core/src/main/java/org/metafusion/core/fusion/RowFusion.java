package org.metafusion.core.fusion;

import org.metafusion.core.tensor.RowKernel;

/** A fusion operator on single rows, with its parameters; serves any number of threads. */
@FunctionalInterface
public interface RowFusion {

    /**
     * The terms of one row, one behind the other.
     *
     * @param kernel computes products
     * @param inputs the representations, two or more; for an operator that fuses what is there, one that is not has length
     *     0
     * @param scratch this thread's {@link #newScratch}
     * @param terms as long as the sum of {@link FusionOperator#termWidths}; overwritten
     */
    void fuse(RowKernel kernel, float[][] inputs, float[][] scratch, float[] terms);

    /** Memory for one thread. */
    default float[][] newScratch() {
        return new float[0][];
    }
}
