package org.metafusion.ensemble.committee;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rows dealt at random into folds of equal size, give or take one; the same seed deals the same on every JDK. */
final class Folds {

    private final int[] shuffled;
    private final int count;

    /** Deals {@code rows} into {@code count} folds, at most as many as there are rows. */
    Folds(int[] rows, int count, long seed) {
        this.shuffled = rows.clone();
        this.count = Math.min(count, rows.length);
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = shuffled.length - 1; i > 0; i--) {
            int j = (int) Math.floorMod(random.nextLong(), (long) i + 1);
            int row = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = row;
        }
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
