package org.metafusion.core.representation;

/**
 * {@code y = x W + b}.
 *
 * @param weights {@code [inputs, outputs]} row-major
 * @param bias {@code [outputs]}
 */
public record AffineMap(float[] weights, float[] bias) {

    public AffineMap {
        if (bias.length == 0 || weights.length % bias.length != 0) {
            throw new IllegalArgumentException(
                    "An affine map to " + bias.length + " outputs cannot have " + weights.length + " weights");
        }
    }

    /** The number of inputs. */
    public int inputs() {
        return weights.length / bias.length;
    }

    /** The number of outputs. */
    public int outputs() {
        return bias.length;
    }
}
