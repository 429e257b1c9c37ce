package org.metafusion.training.network;

import java.util.List;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.tensor.RowKernel;

/**
 * A student's encoder on one row: layers with ReLU after all but the last.
 *
 * @param layers none where the student reads its input as it is
 * @param unitLength whether the row is then scaled to length {@code sqrt(width)}
 */
record RowEncoder(RowLayer[] layers, boolean unitLength) {

    /** Mean squares up to here are taken for 0, as by {@link org.metafusion.core.tensor.Activation#INVERSE_ROOT}. */
    private static final float SMALLEST_SQUARE = 1e-12f;

    /** Reads an input as it is. */
    static final RowEncoder NONE = new RowEncoder(new RowLayer[0], false);

    static RowEncoder of(EncoderForm form, List<StudentParameters.Layer> layers, float[] flat) {
        return new RowEncoder(RowLayer.chain(layers, flat), form.unitLength());
    }

    float[][] newOutputs() {
        float[][] outputs = new float[layers.length][];
        for (int l = 0; l < layers.length; l++) {
            outputs[l] = new float[layers[l].outputs()];
        }
        return outputs;
    }

    /**
     * The representation of an input; the input itself where it is {@link RowStudent#MISSING}.
     *
     * @param outputs memory of {@link #newOutputs}; the last of them is what is returned, where there are layers
     */
    float[] encode(RowKernel kernel, float[] input, float[][] outputs) {
        if (input.length == 0) {
            return input;
        }
        float[] x = input;
        for (int l = 0; l < layers.length; l++) {
            if (l < layers.length - 1) {
                layers[l].applyRelu(kernel, x, outputs[l]);
            } else {
                layers[l].apply(kernel, x, outputs[l]);
            }
            x = outputs[l];
        }
        if (unitLength) {
            scale(x);
        }
        return x;
    }

    private static void scale(float[] row) {
        double squares = 0;
        for (float value : row) {
            squares += (double) value * value;
        }
        double mean = squares / row.length;
        float factor = mean > SMALLEST_SQUARE ? (float) (1 / Math.sqrt(mean)) : 0f;
        for (int j = 0; j < row.length; j++) {
            row[j] *= factor;
        }
    }
}
