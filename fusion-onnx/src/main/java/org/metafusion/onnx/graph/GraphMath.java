package org.metafusion.onnx.graph;

import java.util.List;
import java.util.Map;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.EncoderLayers;

/** The arithmetic of students as nodes of a graph: one method, one formula. */
public record GraphMath(OnnxGraph graph) {

    /** How rows are scaled to length {@code sqrt(width)}: by whom decides what becomes of a row of zeros. */
    public enum UnitLength {
        /** As a frozen encoder does: {@code x sqrt(width) / max(|x|, 1e-12)}. */
        FROZEN,
        /** As a student's own encoder does: {@code x / sqrt(|x|^2 / width)}, or 0 where that mean square is 1e-12 or less. */
        TRAINED
    }

    private static final float SHORTEST = 1e-12f;

    /** {@code x + y}, element by element; either may be one row or one number for all. */
    public Value add(Value x, Value y) {
        return graph.node("Add", x, y);
    }

    /** {@code x - y}. */
    public Value subtract(Value x, Value y) {
        return graph.node("Sub", x, y);
    }

    /** {@code x y}, element by element. */
    public Value multiply(Value x, Value y) {
        return graph.node("Mul", x, y);
    }

    /** {@code x / y}, element by element. */
    public Value divide(Value x, Value y) {
        return graph.node("Div", x, y);
    }

    /** {@code x W}, a product of matrices. */
    public Value product(Value x, Value weights) {
        return graph.node("MatMul", x, weights);
    }

    /** The sum of one value or more. */
    public Value sum(List<Value> values) {
        return values.size() == 1 ? values.get(0) : graph.node("Sum", values.toArray(Value[]::new));
    }

    /** The mean of one value or more. */
    public Value mean(List<Value> values) {
        return values.size() == 1 ? values.get(0) : divide(sum(values), graph.constant((float) values.size()));
    }

    /** Columns side by side. */
    public Value beside(List<Value> values) {
        return values.size() == 1
                ? values.get(0)
                : graph.node("Concat", Map.of("axis", 1L), values.toArray(Value[]::new));
    }

    /** Some columns, in the given order. */
    public Value columns(Value x, long... columns) {
        return graph.node("Gather", Map.of("axis", 1L), x, graph.integers(columns));
    }

    /** The same values in another shape; one extent may be -1, for whatever is left. */
    public Value reshaped(Value x, long... shape) {
        return graph.node("Reshape", x, graph.integers(shape));
    }

    /** Class probabilities of each row. */
    public Value softmax(Value x) {
        return graph.node("Softmax", Map.of("axis", 1L), x);
    }

    public Value cast(Value x, OnnxGraph.Type type) {
        return graph.node("Cast", Map.of("to", type.number()), x);
    }

    /** {@code sum over the row of x^2}, {@code [N, 1]}. */
    public Value squaredLength(Value x) {
        return graph.node("ReduceSumSquare", Map.of("axes", List.of(1L), "keepdims", 1L), x);
    }

    /**
     * {@code x W + b}.
     *
     * @param name of the layer; its weights are {@code name.weight} and {@code name.bias}
     */
    public Value dense(Value x, String name, AffineMap map) {
        Value weights = graph.weight(name + ".weight", map.weights(), map.inputs(), map.outputs());
        return graph.node("Gemm", x, weights, graph.weight(name + ".bias", map.bias()));
    }

    /** Dense layers with ReLU between them. */
    public Value layers(Value x, String name, List<AffineMap> layers) {
        Value y = x;
        for (int l = 0; l < layers.size(); l++) {
            y = dense(l == 0 ? y : graph.node("Relu", y), name + "." + l, layers.get(l));
        }
        return y;
    }

    /** A dense encoder. */
    public Value encoder(Value x, String name, EncoderLayers encoder, UnitLength unit) {
        Value y = layers(x, name, encoder.layers());
        if (!encoder.unitLength()) {
            return y;
        }
        int width = encoder.form().width();
        return unit == UnitLength.FROZEN ? frozenUnit(y, width) : trainedUnit(y, width);
    }

    private Value frozenUnit(Value x, int width) {
        Value length = graph.node("Max", graph.node("Sqrt", squaredLength(x)), graph.constant(SHORTEST));
        return divide(multiply(x, graph.constant((float) Math.sqrt(width))), length);
    }

    private Value trainedUnit(Value x, int width) {
        Value meanSquare = divide(squaredLength(x), graph.constant((float) width));
        Value factor = graph.node("Reciprocal", graph.node("Sqrt", meanSquare));
        Value isLong = graph.node("Greater", meanSquare, graph.constant(SHORTEST));
        return multiply(x, graph.node("Where", isLong, factor, graph.constant(0f)));
    }
}
