package org.metafusion.core.tensor;

/** A non-linearity of a matrix, element by element or row by row, whose derivative follows from its output. */
public enum Activation {
    /** {@code y = x}. */
    IDENTITY,
    /** {@code y = max(0, x)}; its derivative at 0 is 0. */
    RELU,
    /** {@code y = 1 / (1 + exp(-x))}. */
    SIGMOID,
    /** {@code y[j] = exp(x[j]) / sum over the row of exp(x)}. */
    SOFTMAX,
    /** {@code y = 1 / sqrt(x)} where {@code x > 1e-12}, else 0; with it go scalings of rows to one length. */
    INVERSE_ROOT
}
