package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * How the representations of a student's modalities become the input of its head.
 *
 * <p>The result is a list of <em>terms</em>: the head's first layer computes {@code b + sum of term_t W_t}, so a
 * concatenation is the list of its parts and is never put together in memory. A student with a single modality has
 * nothing to fuse; its term is the representation, whatever the operator.
 */
public interface FusionOperator {

    /** The name students refer to it by. */
    String name();

    /**
     * The widths of the terms for representations of the given widths, two or more.
     *
     * @throws org.metafusion.core.FusionException if such representations cannot be fused by it, saying why
     */
    List<Integer> termWidths(List<Integer> widths);

    /**
     * Binds the operator to its inputs.
     *
     * @param arena owns what the pass writes
     * @param members the students it is computed for; shared if all inputs are
     * @param inputs the representations {@code [n, width]}, two or more, each shared or covering the members
     */
    FusionPass bind(TensorBackend backend, TensorArena arena, Members members, List<Tensor> inputs);

    /** An operator bound to its inputs; forward and backward any number of times. */
    interface FusionPass {

        /** What the head's first layer takes, written by {@link #forward}. */
        List<Tensor> terms();

        /** Queues the computation of the terms. */
        void forward();

        /**
         * Queues the gradients of the inputs.
         *
         * @param dTerms those of the terms
         * @param dInputs written; one an input, with the members of the pass
         */
        void backward(List<Tensor> dTerms, List<Tensor> dInputs);
    }
}
