package org.metafusion.core.fusion;

import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/** A term that exists in memory: fused once a batch, by all students together if the representations are shared. */
final class StoredTerm implements PairTerm {

    /** A fusion of two representations {@code x} and {@code y} into a matrix. */
    interface Kernel {
        void forward(Tensor fused, Tensor x, Tensor y);

        void backward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y);
    }

    private final DenseKernels dense;
    private final Kernel kernel;
    private final Tensor left;
    private final Tensor right;
    private final Tensor fused;
    private final @Nullable Tensor dFused;

    StoredTerm(FusionBinding binding, Tensor left, Tensor right, int width, Kernel kernel) {
        this.dense = binding.backend().dense();
        this.kernel = kernel;
        this.left = left;
        this.right = right;
        this.fused = binding.arena().zeros(binding.fusedMembers(), binding.rows(), width);
        this.dFused =
                !binding.trained().isEmpty() ? binding.arena().zeros(binding.members(), binding.rows(), width) : null;
    }

    @Override
    public void forward(Tensor y, Tensor w) {
        kernel.forward(fused, left, right);
        dense.multiply(y, fused, w);
    }

    @Override
    public void weightBackward(Tensor dW, Tensor dY) {
        dense.weightBackward(dW, fused, dY);
    }

    @Override
    public void inputBackward(Tensor dLeft, Tensor dRight, Tensor dY, Tensor w) {
        Tensor gradient = java.util.Objects.requireNonNull(dFused, "the pass was bound without gradients");
        dense.inputBackward(gradient, dY, w);
        kernel.backward(dLeft, dRight, gradient, left, right);
    }
}
