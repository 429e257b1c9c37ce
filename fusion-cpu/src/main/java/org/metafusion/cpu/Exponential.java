package org.metafusion.cpu;

/**
 * {@code exp} for arguments of at most 0, to about 2 units in the last place: a fixed polynomial, since the library's
 * vector functions may give other bits interpreted than compiled. Below -69, where it would be under 1e-30, it
 * is 0: what such probabilities are multiplied with on the way back must not become denormal, which is ten times slower.
 *
 * <p>Cephes' {@code expf}: {@code x = n ln 2 + r}, {@code exp(r)} by a polynomial of degree 7, times {@code 2^n}.
 */
final class Exponential {

    static final float LOWEST = -69f;
    static final float LOG2_E = 1.44269504088896341f;
    static final float LN2_HIGH = 0.693359375f;
    static final float LN2_LOW = -2.12194440e-4f;
    /** Adding 1.5 * 2^23 rounds a small float to an integer, which is then found in its lowest bits. */
    static final float ROUNDER = 12582912f;

    static final int ROUNDER_BITS = 0x4B400000;
    static final float C0 = 1.9875691500e-4f;
    static final float C1 = 1.3981999507e-3f;
    static final float C2 = 8.3334519073e-3f;
    static final float C3 = 4.1665795894e-2f;
    static final float C4 = 1.6666665459e-1f;
    static final float C5 = 5.0000001201e-1f;

    private Exponential() {}

    static float of(float x) {
        if (x < LOWEST) {
            return 0f;
        }
        float rounded = x * LOG2_E + ROUNDER;
        float n = rounded - ROUNDER;
        float r = (x - n * LN2_HIGH) - n * LN2_LOW;
        float y = C0;
        y = y * r + C1;
        y = y * r + C2;
        y = y * r + C3;
        y = y * r + C4;
        y = y * r + C5;
        y = y * (r * r) + (r + 1f);
        int exponent = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
        return y * Float.intBitsToFloat((exponent + 127) << 23);
    }
}
