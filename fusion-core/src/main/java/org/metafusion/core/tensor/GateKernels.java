package org.metafusion.core.tensor;

/**
 * Kernels that multiply matrices by gates: element by element, or each row by one number. For every member {@code s} of
 * the tensor written; {@code n} rows. A target may be an operand of the same shape, but for the gates of
 * {@link #gateRows}, each of which a whole row reads.
 */
public interface GateKernels {

    /**
     * {@code out[i, c] = x[i, c mod width] g[i, c]} for {@code out, g [n, blocks * width]} and {@code x [n, width]}, which
     * is repeated for each block of columns. With one block, the element-wise product. It is its own backward pass: the
     * gradient of each factor is the output's gradient gated by the other one.
     */
    void gate(Tensor out, Tensor x, Tensor g);

    /**
     * {@code y[i, j] += sum over blocks b of x[i, b * width + j] g[i, b * width + j]} for {@code x, g [n, blocks * width]}
     * and {@code y [n, width]}. Gradients: {@code gate(dX, dY, g)} and {@code gate(dG, dY, x)}.
     */
    void addGated(Tensor y, Tensor x, Tensor g);

    /** {@code out[i, j] = x[i, j] g[i, column]} for {@code out, x [n, width]} and {@code g [n, gates]}. */
    void gateRows(Tensor out, Tensor x, Tensor g, int column);

    /**
     * The gradient of the gates of {@link #gateRows}: {@code dG[i, column] = sum over j of dOut[i, j] x[i, j]}; the other
     * columns of {@code dG} stay as they are.
     */
    void gateRowsBackward(Tensor dG, int column, Tensor dOut, Tensor x);
}
