package org.metafusion.cpu;

/**
 * The three float32 matrix products of training, with {@code a}, {@code b} and {@code c} as {@link Product} names them.
 * Instances hold scratch memory and serve one thread. The same operands give the same bits, always.
 */
interface MatrixProducts {

    /** {@code c += a b}: {@code a [rows, inner]}, {@code b [inner, cols]}. */
    void multiplyAdd(Product product);

    /** {@code c = a^T b}: {@code a [inner, rows]}, {@code b [inner, cols]}. */
    void leftTransposed(Product product);

    /** {@code c = a b^T}: {@code a [rows, inner]}, {@code b [cols, inner]}. */
    void rightTransposed(Product product);
}
