package org.metafusion.training.network;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * One dense layer of a group of students: {@code y = act(b + sum of the terms)}, with dropout in training.
 *
 * @param y written forward
 * @param dY its gradient, given backward (and changed by it); null where the network only predicts
 * @param number of the layer within a student, by which its masks differ from those of the student's other layers
 */
record DenseStage(
        DenseKernels dense,
        Tensor y,
        @Nullable Tensor dY,
        Tensor bias,
        @Nullable Tensor dBias,
        List<LayerTerm> terms,
        Activation activation,
        float dropout,
        int number)
        implements Stage {

    @Override
    public void forward(DropoutSeed dropoutSeed) {
        dense.bias(y, bias);
        for (LayerTerm term : terms) {
            term.forward(y);
        }
        if (activation != Activation.IDENTITY) {
            dense.activate(y, activation);
        }
        if (dropout > 0 && dropoutSeed.isActive()) {
            dense.dropout(y, dropout, dropoutSeed.layer(number));
        }
    }

    @Override
    public void backward(DropoutSeed dropoutSeed) {
        Tensor gradient = java.util.Objects.requireNonNull(dY);
        if (dropout > 0 && dropoutSeed.isActive()) {
            dense.dropout(gradient, dropout, dropoutSeed.layer(number));
        }
        if (activation != Activation.IDENTITY) {
            dense.activateBackward(gradient, y, activation);
        }
        dense.biasBackward(java.util.Objects.requireNonNull(dBias), gradient);
        for (LayerTerm term : terms) {
            term.backward(gradient);
        }
    }
}
