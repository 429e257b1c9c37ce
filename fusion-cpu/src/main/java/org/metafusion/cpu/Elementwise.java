package org.metafusion.cpu;

/**
 * Element-wise loops on parts of arrays. They are behind an interface because the JDK 17 compiler vectorises no loop
 * whose arrays are entered at different offsets, which is what stacks of matrices are made of. Every implementation
 * gives the same bits: each element goes through the same operations in the same order.
 */
interface Elementwise {

    /** {@code values = max(0, values)}. */
    void relu(float[] values, int at, int length);

    /** {@code gradient = gradient} where {@code output > 0}, else 0. */
    void reluBackward(float[] gradient, int at, float[] output, int outputAt, int length);

    /** {@code to += from}. */
    void add(float[] to, int at, float[] from, int fromAt, int length);

    /** {@code to [cols] = } sums of the columns of {@code from [rows, cols]}, rows in order. */
    void columnSums(float[] to, int at, float[] from, int fromAt, int rows, int cols);

    /** {@code to += factor * from}. */
    void addScaled(float[] to, int at, float[] from, int fromAt, int length, float factor);

    /** {@code to = left * right}. */
    void multiply(float[] to, int at, float[] left, int leftAt, float[] right, int rightAt, int length);

    /** {@code to += left * right}. */
    void addProduct(float[] to, int at, float[] left, int leftAt, float[] right, int rightAt, int length);

    /** {@code to = factor * from}. */
    void scale(float[] to, int at, float[] from, int fromAt, int length, float factor);

    /** {@code values = 1 / (1 + exp(-values))}, by {@link Exponential#of} of {@code -|values|}. */
    void sigmoid(float[] values, int at, int length);

    /** {@code gradient *= output (1 - output)}. */
    void sigmoidBackward(float[] gradient, int at, float[] output, int outputAt, int length);

    /** {@code to = exp(from)} as {@link Exponential#of}. */
    void exp(float[] to, int at, float[] from, int fromAt, int length);

    /** Inverted dropout of a whole matrix, see {@link org.metafusion.core.tensor.DropoutMask}. */
    void dropout(float[] values, int at, int length, int key, float rate);
}
