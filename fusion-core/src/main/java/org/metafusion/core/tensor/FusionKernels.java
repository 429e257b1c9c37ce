package org.metafusion.core.tensor;

/**
 * Kernels of the fusion operators that multiply representations. For every member {@code s} of the tensor written;
 * {@code n} rows; gradients overwrite their target.
 */
public interface FusionKernels {

    /**
     * Product fusion: {@code fused[j] = x[j] y[j]} and {@code fused[d + j] = x[j] y[d - 1 - j]}, {@code j < d}, for
     * {@code x, y [n, d]} and {@code fused [n, 2 d]}.
     */
    void productForward(Tensor fused, Tensor x, Tensor y);

    /** Gradients of {@link #productForward}: {@code dX, dY [n, d]} (both with the members of {@code dFused}). */
    void productBackward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y);

    /**
     * Tensor (outer product) fusion: {@code fused[a * e + b] = x[a] y[b]} for {@code x [n, d]}, {@code y [n, e]} and
     * {@code fused [n, d e]}. Augmented (as in TFN), a constant 1 is appended to each input first, so that
     * {@code fused} is {@code [n, (d + 1)(e + 1)]} and holds {@code x}, {@code y} and 1 as well.
     */
    void tensorForward(Tensor fused, Tensor x, Tensor y, boolean augmented);

    /** Gradients of {@link #tensorForward}: {@code dX [n, d]}, {@code dY [n, e]} (members of {@code dFused}). */
    void tensorBackward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y, boolean augmented);

    /**
     * Tensor fusion and the dense layer after it in one, without the outer product: {@code out[k] += sum over a, b of
     * x[a] y[b] w[a * e + b, k]}, what {@link #tensorForward} and a product with {@code w} give, for {@code x [n, d]},
     * {@code y [n, e]}, {@code w [d e, width]} (augmented {@code [(d + 1)(e + 1), width]}) and {@code out [n, width]}, for
     * every member of {@code w}.
     */
    void bilinear(Tensor out, Tensor x, Tensor y, Tensor w, boolean augmented);

    /** {@code dW} of {@link #bilinear} for every member of {@code dW}, given {@code dOut [n, width]}. */
    void bilinearWeightBackward(Tensor dW, Tensor x, Tensor y, Tensor dOut, boolean augmented);

    /** {@code dX [n, d]} and {@code dY [n, e]} of {@link #bilinear} for their members, the same and not shared. */
    void bilinearInputBackward(Tensor dX, Tensor dY, Tensor dOut, Tensor x, Tensor y, Tensor w, boolean augmented);
}
