package org.metafusion.ensemble.committee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.modality.RowGroups;

/**
 * Rows dealt at random into folds of equal size, give or take one; the same seed deals the same on every JDK. Rows of one
 * group stay together, the largest groups dealt first, each to the fold of fewest rows.
 */
final class Folds {

    private final int[] rows;
    private final int[] foldOf;
    private final int count;

    /**
     * Deals rows into folds.
     *
     * @param groups of all rows, by their number; empty where they are independent, as rows of one group are taken to be
     * @param count of folds, at most as many as there are rows or groups
     */
    Folds(int[] rows, List<String> groups, int count, long seed) {
        List<int[]> units = units(rows, groups, seed);
        if (units.size() < rows.length) {
            units.sort(Comparator.comparingInt((int[] unit) -> unit.length).reversed());
        }
        this.count = Math.min(count, units.size());
        this.rows = units.stream().flatMapToInt(Arrays::stream).toArray();
        this.foldOf = new int[rows.length];
        int[] sizes = new int[this.count];
        int next = 0;
        for (int[] unit : units) {
            int fold = IntStream.range(0, this.count)
                    .reduce((a, b) -> sizes[b] < sizes[a] ? b : a)
                    .orElseThrow();
            sizes[fold] += unit.length;
            Arrays.fill(foldOf, next, next += unit.length, fold);
        }
    }

    /** At most {@code most} of the rows, drawn at random. */
    static int[] sample(int[] rows, int most, long seed) {
        return Arrays.copyOf(shuffled(rows, seed), Math.min(most, rows.length));
    }

    /** Groups, or single rows, in random order. */
    private static List<int[]> units(int[] rows, List<String> groups, long seed) {
        return new ArrayList<>(RowGroups.together(shuffled(rows, seed), groups));
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
        return IntStream.range(0, rows.length)
                .filter(i -> foldOf[i] == fold)
                .map(i -> rows[i])
                .toArray();
    }

    /** The rows of all other folds. */
    int[] others(int fold) {
        return IntStream.range(0, rows.length)
                .filter(i -> foldOf[i] != fold)
                .map(i -> rows[i])
                .toArray();
    }
}
