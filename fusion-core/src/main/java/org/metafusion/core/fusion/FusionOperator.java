package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Tensor;

/**
 * How the representations of a student's modalities become the input of its head.
 *
 * <p>The result is a list of <em>terms</em>, and the head's first layer computes {@code b + sum of term_t W_t}. An operator
 * adds that sum itself, so that no term need exist: a concatenation is never put together in memory, an outer product
 * never formed. An operator may have trainable parameters of its own, which lie among the student's. A student with a
 * single modality has nothing to fuse; its term is the representation, whatever the operator.
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

    /** The operator's own parameters for representations of the given widths, in a fixed order; none by default. */
    default List<ParameterBlock> parameters(List<Integer> widths) {
        return List.of();
    }

    /**
     * The operator on single rows: for predictions where a backend's calls would cost more than they compute.
     *
     * @param widths of the representations, two or more
     * @param parameters the values of {@link #parameters}, row-major
     */
    RowFusion onRows(List<Integer> widths, List<float[]> parameters);

    /** Binds the operator to its inputs and parameters. */
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

        /**
         * Queues the gradients of the last forward pass, given that of {@code y}: of the weights and of the binding's
         * parameters always, of the inputs where the binding trains any.
         *
         * @param dWeights overwritten; one a term
         * @param dInputs overwritten; one an input, with the binding's members, or empty if the binding trains no input.
         *     Those of inputs that are not trained hold nothing of use
         */
        void backward(Tensor dY, List<Tensor> weights, List<Tensor> dWeights, List<Tensor> dInputs);
    }
}
