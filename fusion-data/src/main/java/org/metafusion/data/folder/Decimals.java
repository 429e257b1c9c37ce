package org.metafusion.data.folder;

/**
 * Decimal numbers in text: {@code [+-]digits[.digits][e[+-]digits]}, blanks around it allowed. Hexadecimal numbers, type
 * suffixes, {@code NaN} and {@code Infinity} are not decimals.
 */
final class Decimals {

    /** The powers of ten that are exact in float64. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** So many digits fit a long, whatever they are. */
    private static final int MOST_DIGITS = 18;

    private static final long EXACT = 1L << 53;

    private static final int NO_EXPONENT = Integer.MIN_VALUE;

    private Decimals() {}

    static float toFloat(String text) {
        return toFloat(text.toCharArray(), 0, text.length());
    }

    /** The float32 nearest to the text, or NaN where the text is no decimal or lies beyond float32. */
    static float toFloat(char[] text, int offset, int length) {
        int start = offset;
        int end = offset + length;
        while (start < end && text[start] <= ' ') {
            start++;
        }
        while (end > start && text[end - 1] <= ' ') {
            end--;
        }
        return start == end ? Float.NaN : nearest(text, start, end);
    }

    /** A quotient or product of two exact doubles is off by half a unit at most, so it can be rounded once more. */
    private static float nearest(char[] text, int start, int end) {
        boolean negative = text[start] == '-';
        int at = negative || text[start] == '+' ? start + 1 : start;
        long digits = 0;
        int seen = 0;
        int point = 0;
        int scale = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                seen++;
                scale -= point;
            } else if (text[at] == '.' && point == 0) {
                point = 1;
            } else {
                break;
            }
        }
        int exponent = at == end ? 0 : exponent(text, at, end);
        if (seen == 0 || exponent == NO_EXPONENT) {
            return Float.NaN;
        }
        scale += exponent;
        if (seen > MOST_DIGITS || digits > EXACT || scale >= TENS.length || scale <= -TENS.length) {
            return slowly(text, start, end);
        }
        double value = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
        return nearlyHalfway(value) ? slowly(text, start, end) : (float) (negative ? -value : value);
    }

    /** The exponent whose {@code e} is at {@code at}. */
    private static int exponent(char[] text, int at, int end) {
        if (text[at] != 'e' && text[at] != 'E') {
            return NO_EXPONENT;
        }
        int next = at + 1;
        boolean negative = next < end && text[next] == '-';
        if (next < end && (negative || text[next] == '+')) {
            next++;
        }
        if (next == end) {
            return NO_EXPONENT;
        }
        int exponent = 0;
        for (; next < end; next++) {
            char c = text[next];
            if (c < '0' || c > '9') {
                return NO_EXPONENT;
            }
            exponent = Math.min(100_000, exponent * 10 + (c - '0'));
        }
        return negative ? -exponent : exponent;
    }

    /** Whether rounding the double, itself rounded, to a float could differ from rounding the text once. */
    private static boolean nearlyHalfway(double value) {
        int below = (int) (Double.doubleToRawLongBits(value) & 0x1FFF_FFFF);
        return Math.abs(below - 0x1000_0000) <= 1;
    }

    private static float slowly(char[] text, int start, int end) {
        float value = Float.parseFloat(new String(text, start, end - start));
        return Float.isFinite(value) ? value : Float.NaN;
    }
}
