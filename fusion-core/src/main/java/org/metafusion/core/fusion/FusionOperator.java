package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Tensor;

/**
 * How the representations of a student's modalities become the input of its head.
 *
 * <p>The result is a list of <em>terms</em>, and the head's first layer computes {@code b + sum of term_t W_t}. An operator
 * adds that sum itself, so that no term need exist: a concatenation is never put together in memory, an outer product
 * never formed. A student with a single modality has nothing to fuse; its term is the representation, whatever the
 * operator.
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
     * The terms of one row, one behind the other: for predictions of single rows, where a backend's calls would cost more
     * than they compute.
     *
     * @param inputs the representations, two or more
     * @param terms long enough for the sum of {@link #termWidths}; overwritten
     */
    void fuseRow(float[][] inputs, float[] terms);

    /** Binds the operator to its inputs. */
    FusionPass bind(FusionBinding binding);

    /** An operator bound to its inputs; forward and backward any number of times. */
    interface FusionPass {

        /**
         * Queues {@code y[s] += sum over t of term_t[s] weights_t[s]}.
         *
         * @param y {@code [n, width]}, with at least the binding's members
         * @param weights {@code [width of term t, width]}, one a term, of the binding's members
         */
        void forward(Tensor y, List<Tensor> weights);

        /** Queues the gradients of the weights, given that of {@code y}. */
        void weightBackward(List<Tensor> dWeights, Tensor dY);

        /**
         * Queues the gradients of the inputs; only of a pass whose binding is trained.
         *
         * @param dInputs written; one an input, with the binding's members
         */
        void inputBackward(List<Tensor> dInputs, Tensor dY, List<Tensor> weights);
    }
}
