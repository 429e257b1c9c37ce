package org.metafusion.onnx.export;

import org.metafusion.onnx.graph.GraphMath;
import org.metafusion.onnx.graph.Value;
import org.metafusion.training.network.TrainedCopy.Matrix;

/** A term of a student's fusion, and its part of the head's first layer. */
interface Term {

    /**
     * {@code term W}.
     *
     * @param name of the weights
     */
    Value times(GraphMath math, String name, Matrix weights);

    /** A term that is a value of the graph. */
    static Term of(Value term) {
        return (math, name, weights) ->
                math.product(term, math.graph().weight(name, weights.values(), weights.rows(), weights.cols()));
    }

    /**
     * The outer product of two representations, never formed: {@code vec(x y^T) W} is {@code y} times the matrix
     * {@code x W'} of each row, where {@code W'} is {@code W} read as {@code [width of x, width of y * outputs]}.
     */
    static Term outer(Value x, int xWidth, Value y, int yWidth) {
        return (math, name, weights) -> {
            int outputs = weights.cols();
            Value folded = math.graph().weight(name, weights.values(), xWidth, yWidth * outputs);
            Value matrices = math.reshaped(math.product(x, folded), -1, yWidth, outputs);
            return math.reshaped(math.product(math.reshaped(y, -1, 1, yWidth), matrices), -1, outputs);
        };
    }
}
