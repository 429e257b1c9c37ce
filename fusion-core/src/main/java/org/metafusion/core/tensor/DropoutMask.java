package org.metafusion.core.tensor;

/**
 * Which elements dropout keeps: a counter-based generator (the 32-bit finaliser of MurmurHash3), so that any element
 * can be drawn alone, in any order, on any device, forward and backward alike.
 */
public final class DropoutMask {

    private DropoutMask() {}

    /** The key of one student's matrix in one call. */
    public static int key(long seed, int student) {
        return mix((int) seed ^ mix((int) (seed >>> 32) + 0x9E3779B9 * (student + 1)));
    }

    /** The smallest hash that is kept, as an unsigned 32-bit number: {@code rate * 2^32}. */
    public static int threshold(float rate) {
        return (int) (long) (rate * 4294967296.0);
    }

    /** Whether {@code element} of the matrix with this key is kept. */
    public static boolean keeps(int key, int element, int threshold) {
        return Integer.compareUnsigned(mix(key + element * 0x9E3779B9), threshold) >= 0;
    }

    static int mix(int value) {
        int h = value;
        h ^= h >>> 16;
        h *= 0x85EBCA6B;
        h ^= h >>> 13;
        h *= 0xC2B2AE35;
        h ^= h >>> 16;
        return h;
    }
}
