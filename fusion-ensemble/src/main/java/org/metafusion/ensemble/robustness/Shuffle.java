package org.metafusion.ensemble.robustness;

import java.util.SplittableRandom;

/** Row numbers in random order. */
public final class Shuffle {

    private Shuffle() {}

    /** {@code 0 .. count - 1}, every order equally likely (Fisher and Yates). */
    public static int[] of(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
