package org.metafusion.training.network;

import java.util.Arrays;
import java.util.List;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.tensor.RowKernel;

/**
 * A dense layer on one row, {@code y = x W + b}.
 *
 * @param weights {@code [in, out]} row-major
 */
record RowLayer(float[] weights, float[] bias) {

    static RowLayer of(AffineMap map) {
        return new RowLayer(map.weights(), map.bias());
    }

    static RowLayer[] chain(List<StudentParameters.Layer> layers, float[] flat) {
        return layers.stream()
                .map(layer -> new RowLayer(values(layer.weight(), flat), values(layer.bias(), flat)))
                .toArray(RowLayer[]::new);
    }

    static float[] values(Block block, float[] flat) {
        return Arrays.copyOfRange(flat, block.offset(), block.offset() + block.size());
    }

    int outputs() {
        return bias.length;
    }

    void apply(RowKernel kernel, float[] x, float[] y) {
        kernel.dense(y, x, weights, bias);
    }

    void applyRelu(RowKernel kernel, float[] x, float[] y) {
        kernel.dense(y, x, weights, bias);
        for (int j = 0; j < bias.length; j++) {
            y[j] = Math.max(0f, y[j]);
        }
    }
}
