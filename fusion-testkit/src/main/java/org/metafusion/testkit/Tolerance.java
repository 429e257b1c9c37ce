package org.metafusion.testkit;

/**
 * How far a value may be off: {@code |got - want| <= relative * max(floor, |want|)}.
 *
 * @param relative the allowed error, relative to the value
 * @param floor the magnitude below which the error is absolute; the size of the quantities that were summed up
 */
public record Tolerance(double relative, double floor) {

    /** {@code 2e-5 max(1, |want|)}, for element-wise float32 results of inputs around 1. */
    public static final Tolerance FLOAT32 = new Tolerance(2e-5, 1);

    /** {@code 1e-9 max(1, |want|)}, for double-precision results. */
    public static final Tolerance FLOAT64 = new Tolerance(1e-9, 1);

    /** {@code 1e-6 max(1, |want|)}, for double-precision gradients by finite differences. */
    public static final Tolerance FINITE_DIFFERENCES = new Tolerance(1e-6, 1);

    /**
     * For sums of {@code terms} float32 products: rounding errors grow like a random walk, hence with the square root.
     * Strict enough to refuse products of 10-bit mantissas, such as TF32 ones.
     */
    public static Tolerance ofProducts(int terms) {
        return new Tolerance(2e-5 * Math.sqrt(terms), 1);
    }

    /** The same relative error for quantities of another magnitude. */
    public Tolerance withFloor(double magnitude) {
        return new Tolerance(relative, magnitude);
    }

    /** How far from {@code want} a value may be. */
    public double at(double want) {
        return relative * Math.max(floor, Math.abs(want));
    }

    /** Whether {@code got} is close enough; equal infinities are, and a NaN to an expected NaN. */
    public boolean accepts(double want, double got) {
        return Double.compare(want, got) == 0 || Math.abs(got - want) <= at(want);
    }
}
