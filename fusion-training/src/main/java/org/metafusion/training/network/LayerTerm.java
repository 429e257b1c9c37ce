package org.metafusion.training.network;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/** What a dense layer adds to its bias. */
interface LayerTerm {

    /** Queues {@code y[s] += term[s]}. */
    void forward(Tensor y);

    /** Queues the gradients of the term's weights and of what is trained before it. */
    void backward(Tensor dY);

    /**
     * One product {@code x W}.
     *
     * @param dX where the input's gradient goes; null if nothing before it is trained
     */
    record Multiplied(
            DenseKernels dense,
            Tensor x,
            @Nullable Tensor dX,
            Tensor weight,
            @Nullable Tensor dWeight) implements LayerTerm {

        @Override
        public void forward(Tensor y) {
            dense.multiply(y, x, weight);
        }

        @Override
        public void backward(Tensor dY) {
            dense.weightBackward(Objects.requireNonNull(dWeight), x, dY);
            if (dX != null) {
                dense.inputBackward(dX, dY, weight);
            }
        }
    }

    /**
     * The terms of a fusion operator.
     *
     * @param dInputs where the gradients of the operator's inputs go; empty if nothing before it is trained
     */
    record Fused(FusionPass pass, List<Tensor> weights, List<Tensor> dWeights, List<Tensor> dInputs)
            implements LayerTerm {

        @Override
        public void forward(Tensor y) {
            pass.forward(y, weights);
        }

        @Override
        public void backward(Tensor dY) {
            pass.backward(dY, weights, dWeights, dInputs);
        }
    }
}
