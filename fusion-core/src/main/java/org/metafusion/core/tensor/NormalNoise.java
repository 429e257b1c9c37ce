package org.metafusion.core.tensor;

/**
 * Standard normal numbers from the counter-based generator of {@link DropoutMask}: Box and Muller's transform of two
 * hashes, so that any element can be drawn alone, on any device, up to rounding.
 */
public final class NormalNoise {

    private static final double UNIT = 0x1p-24;

    private NormalNoise() {}

    /**
     * The number of {@code element} in the part with this key:
     * {@code sqrt(-2 ln u) cos(2 pi v)}, where u, in (0, 1], and v, in [0, 1), are multiples of 2^-24.
     *
     * @param key of {@link DropoutMask#key}
     */
    public static double of(int key, int element) {
        int first = DropoutMask.mix(key + 2 * element * 0x9E3779B9);
        int second = DropoutMask.mix(key + (2 * element + 1) * 0x9E3779B9);
        double u = ((first >>> 8) + 1) * UNIT;
        double v = (second >>> 8) * UNIT;
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    }
}
