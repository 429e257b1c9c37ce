package org.metafusion.ensemble.committee;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows dealt at random into folds of equal size, give or take one; the same seed deals the same on every JDK. */
final class Folds {

    private final int[] shuffled;
    private final int count;

    /** Deals {@code rows} into {@code count} folds, at most as many as there are rows. */
    Folds(int[] rows, int count, long seed) {
        this.shuffled = shuffled(rows, seed);
        this.count = Math.min(count, rows.length);
    }

    /** At most {@code most} of the rows, drawn at random. */
    static int[] sample(int[] rows, int most, long seed) {
        return Arrays.copyOf(shuffled(rows, seed), Math.min(most, rows.length));
    }

    private static int[] shuffled(int[] rows, long seed) {
        int[] shuffled = rows.clone();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = (int) Math.floorMod(random.nextLong(), (long) i + 1);
            int row = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = row;
        }
        return shuffled;
    }

    int count() {
        return count;
    }

    /** The rows of one fold. */
    int[] held(int fold) {
        return IntStream.range(0, shuffled.length)
                .filter(i -> i % count == fold)
                .map(i -> shuffled[i])
                .toArray();
    }

    /** The rows of all other folds. */
    int[] others(int fold) {
        return IntStream.range(0, shuffled.length)
                .filter(i -> i % count != fold)
                .map(i -> shuffled[i])
                .toArray();
    }
}
