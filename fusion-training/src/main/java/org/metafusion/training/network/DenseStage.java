package org.metafusion.training.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * One dense layer of a group of students: {@code y = act(b + sum of x W over the terms)}, with dropout in training.
 *
 * @param y written forward
 * @param dY its gradient, given backward (and changed by it); null where the network only predicts
 */
record DenseStage(
        DenseKernels dense,
        Tensor y,
        @Nullable Tensor dY,
        Tensor bias,
        @Nullable Tensor dBias,
        List<Term> terms,
        Activation activation,
        float dropout,
        int index)
        implements Stage {

    /**
     * One product of the layer.
     *
     * @param dX where the input's gradient goes; null if nothing before it is trained
     */
    record Term(
            Tensor x,
            @Nullable Tensor dX,
            Tensor weight,
            @Nullable Tensor dWeight) {}

    @Override
    public void forward(DropoutSeed dropoutSeed) {
        dense.bias(y, bias);
        for (Term term : terms) {
            dense.multiply(y, term.x(), term.weight());
        }
        if (activation != Activation.IDENTITY) {
            dense.activate(y, activation);
        }
        if (dropout > 0 && dropoutSeed.isActive()) {
            dense.dropout(y, dropout, dropoutSeed.layer(index));
        }
    }

    @Override
    public void backward(DropoutSeed dropoutSeed) {
        Tensor gradient = java.util.Objects.requireNonNull(dY);
        if (dropout > 0 && dropoutSeed.isActive()) {
            dense.dropout(gradient, dropout, dropoutSeed.layer(index));
        }
        if (activation != Activation.IDENTITY) {
            dense.activateBackward(gradient, y, activation);
        }
        dense.biasBackward(java.util.Objects.requireNonNull(dBias), gradient);
        for (Term term : terms) {
            dense.weightBackward(java.util.Objects.requireNonNull(term.dWeight()), term.x(), gradient);
            if (term.dX() != null) {
                dense.inputBackward(term.dX(), gradient, term.weight());
            }
        }
    }
}
