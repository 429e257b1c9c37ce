package org.metafusion.onnx.export;

/**
 * How far a graph's outputs are from the model's predictions.
 *
 * @param rows compared
 * @param largest the largest difference: of probabilities; of values relative to the value, or to their standard
 *     deviation where that is more
 */
public record Parity(int rows, double largest) {

    /** A graph further apart than this is refused. */
    public static final double TOLERANCE = 1e-5;
}
