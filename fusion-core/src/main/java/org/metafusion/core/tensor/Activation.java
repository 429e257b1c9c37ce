package org.metafusion.core.tensor;

/** An element-wise non-linearity. */
public enum Activation {
    /** {@code y = x}. */
    IDENTITY,
    /** {@code y = max(0, x)}; its derivative at 0 is 0. */
    RELU
}
