package org.metafusion.sql;

import java.nio.charset.StandardCharsets;
import org.metafusion.core.FusionException;

/**
 * Train and test by lot: a row is test if a hash of the seed and its id, or its group, falls into the first {@code test}
 * of the range. So about that share of the rows is test, rows of one group stay together, and neither the order of rows
 * nor rows that are added later change where a row goes.
 *
 * @param test the share of test rows, above 0 and below 1
 */
public record RandomSplit(double test, long seed) {

    private static final long FNV_START = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    public RandomSplit {
        if (!(test > 0 && test < 1)) {
            throw new FusionException("split.test is the share of test rows, above 0 and below 1, but is " + test);
        }
    }

    String part(String key) {
        long hash = FNV_START ^ seed * FNV_PRIME;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return (mixed(hash) >>> 11) * 0x1.0p-53 < test ? "test" : "train";
    }

    /** The finaliser of SplitMix64: FNV's high bits alone say little of short keys. */
    private static long mixed(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d049bb133111ebL;
        return b ^ (b >>> 31);
    }
}
