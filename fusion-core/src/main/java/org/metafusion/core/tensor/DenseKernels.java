package org.metafusion.core.tensor;

/**
 * Kernels of dense layers over a cohort: {@code y[s] = act(b[s] + sum over terms of x[s] w[s])}.
 *
 * <p>A layer is filled with its bias, each term adds its product, and the activation is applied in place; the input of
 * a student is thus never concatenated. Below {@code n} is the number of rows, {@code s} runs over the members of the
 * operand named in each method, and a shared operand is the same matrix for every {@code s}.
 */
public interface DenseKernels {

    /** {@code y[s] = b[s]} in each row, for every member of {@code b [1, width]}; {@code y [n, width]}. */
    void bias(Tensor y, Tensor b);

    /** {@code y[s] += x[s] w[s]} for every member of {@code w [in, width]}; {@code x [n, in]}, {@code y [n, width]}. */
    void multiply(Tensor y, Tensor x, Tensor w);

    /** {@code y[s] = act(y[s])} in place for every member of {@code y}. */
    void activate(Tensor y, Activation activation);

    /**
     * {@code dY[s] = dY[s] * act'(y[s])} in place for every member of {@code dY}, where {@code y} is the activation's
     * output; {@code act'} is the Jacobian of each row where the activation works row by row.
     */
    void activateBackward(Tensor dY, Tensor y, Activation activation);

    /** {@code dB[s] = column sums of dY[s]} for every member of {@code dB [1, width]}, rows summed in order. */
    void biasBackward(Tensor dB, Tensor dY);

    /** {@code dW[s] = x[s]^T dY[s]} for every member of {@code dW [in, width]}. */
    void weightBackward(Tensor dW, Tensor x, Tensor dY);

    /** {@code dX[s] = dY[s] w[s]^T} for every member of {@code dX [n, in]}; {@code dX} is not shared. */
    void inputBackward(Tensor dX, Tensor dY, Tensor w);

    /** {@code y[s] += x[s]} for every member of {@code y}; both {@code [n, width]}. */
    void add(Tensor y, Tensor x);

    /**
     * Inverted dropout in place: element {@code e} (its place in the matrix, row-major) of student {@code s} is set to
     * 0 with probability {@code rate}, else divided by {@code 1 - rate}. Which elements fall is a pure function of
     * {@code (seed, s, e)}, {@link DropoutMask}, so that the same call on the gradient is its backward pass.
     *
     * @param rate in [0, 1)
     * @param seed drawn anew for each layer and step
     */
    void dropout(Tensor y, float rate, long seed);
}
