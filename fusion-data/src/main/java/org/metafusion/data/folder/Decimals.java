package org.metafusion.data.folder;

/**
 * Decimal numbers in text: {@code [+-]digits[.digits][e[+-]digits]}, blanks around it allowed. Hexadecimal numbers, type
 * suffixes, {@code NaN} and {@code Infinity} are not decimals.
 */
final class Decimals {

    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Up to here a digit more still fits a long. */
    private static final long ROOM = 100_000_000_000_000_000L;

    private static final long EXACT = 1L << 53;

    private Decimals() {}

    static float toFloat(String text) {
        return toFloat(text.toCharArray(), 0, text.length());
    }

    /** The float32 nearest to the text, or NaN where the text is no decimal or lies beyond float32. */
    static float toFloat(char[] text, int offset, int length) {
        int end = offset + length;
        int at = offset;
        while (at < end && text[at] <= ' ') {
            at++;
        }
        while (end > at && text[end - 1] <= ' ') {
            end--;
        }
        int start = at;
        boolean negative = at < end && text[at] == '-';
        if (at < end && (negative || text[at] == '+')) {
            at++;
        }
        long digits = 0;
        int scale = 0;
        int seen = 0;
        boolean point = false;
        boolean tooLong = false;
        for (; at < end; at++) {
            char c = text[at];
            if (c >= '0' && c <= '9') {
                seen++;
                if (digits >= ROOM) {
                    tooLong = true;
                } else {
                    digits = digits * 10 + (c - '0');
                    scale -= point ? 1 : 0;
                }
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return Float.NaN;
        }
        if (at < end) {
            int exponent = exponent(text, at, end);
            if (exponent == Integer.MIN_VALUE) {
                return Float.NaN;
            }
            scale += exponent;
        }
        if (tooLong || digits > EXACT || scale > 22 || scale < -22) {
            return slow(text, start, end);
        }
        double value = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
        if (nearlyHalfway(value)) {
            return slow(text, start, end);
        }
        return (float) (negative ? -value : value);
    }

    /** The exponent that starts with the {@code e} at {@code at}; {@code Integer.MIN_VALUE} where there is none. */
    private static int exponent(char[] text, int at, int end) {
        if (text[at] != 'e' && text[at] != 'E') {
            return Integer.MIN_VALUE;
        }
        int next = at + 1;
        boolean negative = next < end && text[next] == '-';
        if (next < end && (negative || text[next] == '+')) {
            next++;
        }
        if (next == end) {
            return Integer.MIN_VALUE;
        }
        int exponent = 0;
        for (; next < end; next++) {
            char c = text[next];
            if (c < '0' || c > '9') {
                return Integer.MIN_VALUE;
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

    private static float slow(char[] text, int start, int end) {
        float value = Float.parseFloat(new String(text, start, end - start));
        return Float.isFinite(value) ? value : Float.NaN;
    }
}
