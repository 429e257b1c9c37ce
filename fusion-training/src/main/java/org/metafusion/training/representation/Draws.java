package org.metafusion.training.representation;

import java.util.SplittableRandom;

/**
 * Random draws that are the same bits for a seed on every JDK: only {@code nextLong} of {@link SplittableRandom}, whose
 * algorithm is fixed, and {@link StrictMath}.
 */
public final class Draws {

    private final SplittableRandom bits;

    /** Draws that follow from a seed. */
    public Draws(long seed) {
        bits = new SplittableRandom(seed);
    }

    /** Uniform on [0, 1). */
    public double uniform() {
        return (bits.nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Standard normal, by Box and Muller. */
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    /** The numbers 0 .. count - 1 in random order. */
    public int[] order(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        for (int i = count - 1; i > 0; i--) {
            int j = (int) (uniform() * (i + 1));
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /** At most {@code count} of the numbers 0 .. bound - 1, ascending; all where there are no more. */
    public int[] choose(int count, int bound) {
        int[] chosen = java.util.Arrays.copyOf(order(bound), Math.min(count, bound));
        java.util.Arrays.sort(chosen);
        return chosen;
    }
}
