package org.metafusion.core.fusion;

import org.metafusion.core.tensor.Tensor;

/** A term made of two representations, and its part of the head's first layer. */
interface PairTerm {

    /** {@code y[s] += term[s] w[s]}. */
    void forward(Tensor y, Tensor w);

    /** {@code dW[s] = term[s]^T dY[s]}. */
    void weightBackward(Tensor dW, Tensor dY);

    /** Gradients of both representations, overwritten. */
    void inputBackward(Tensor dLeft, Tensor dRight, Tensor dY, Tensor w);
}
