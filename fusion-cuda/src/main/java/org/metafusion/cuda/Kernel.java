package org.metafusion.cuda;

import java.util.Locale;

/** The kernels of {@code src/main/cuda}; their headers there say what each takes. */
enum Kernel {
    BIAS,
    RELU,
    RELU_BACKWARD,
    SIGMOID,
    SIGMOID_BACKWARD,
    SOFTMAX,
    SOFTMAX_BACKWARD,
    INVERSE_ROOT,
    INVERSE_ROOT_BACKWARD,
    BIAS_BACKWARD,
    ADD,
    DROPOUT,
    FILL,
    GATHER,
    PRODUCT_FORWARD,
    PRODUCT_BACKWARD,
    OUTER_FORWARD,
    OUTER_BACKWARD,
    APPEND_ONES,
    DROP_LAST,
    BILINEAR_CONTRACT,
    BILINEAR_SPREAD,
    BILINEAR_INPUT,
    GATE,
    ADD_GATED,
    GATE_ROWS,
    GATE_ROWS_BACKWARD,
    INVERSE_ROWS,
    CLASSIFICATION,
    REGRESSION,
    COOPERATIVE_CLASSIFICATION,
    COOPERATIVE_REGRESSION,
    ADAMW,
    COPY_PARTS,
    RESCALE_PARTS,
    NOISE_PARTS;

    private static final Kernel[] ALL = values();

    /** The kernel of an ordinal. */
    static Kernel of(int ordinal) {
        return ALL[ordinal];
    }

    /** The name in the module. */
    String symbol() {
        return name().toLowerCase(Locale.ROOT) + "_f32";
    }
}
