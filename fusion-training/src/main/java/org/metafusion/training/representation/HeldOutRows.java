package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.modality.RowGroups;

/**
 * Rows in two parts, drawn at random: most to learn from, some held out to judge by. Rows of one group stay together, else a
 * sibling that was learned from would be judged by; only where all rows are one group are they divided.
 */
public final class HeldOutRows {

    private final int[] learning;
    private final int[] held;

    private HeldOutRows(List<int[]> units, BitSet heldOut) {
        learning = rows(units, IntStream.range(0, units.size()).filter(unit -> !heldOut.get(unit)));
        held = rows(units, heldOut.stream());
    }

    private static int[] rows(List<int[]> units, IntStream some) {
        return some.mapToObj(units::get).flatMapToInt(Arrays::stream).toArray();
    }

    /**
     * Holds rows out: groups in random order, each that brings the number of rows nearer to {@code count}, but never all;
     * the smallest where all have more than twice as many.
     *
     * @param rows two or more; their order is drawn in place
     * @param groups of all rows, by their number; empty where rows are independent
     * @param count of rows to hold out, fewer than there are
     */
    public static HeldOutRows of(int[] rows, List<String> groups, int count, long seed) {
        shuffle(rows, new SplittableRandom(seed));
        List<int[]> units = RowGroups.together(rows, groups);
        BitSet heldOut = new BitSet();
        int missing = count;
        for (int unit = 0; unit < units.size() && heldOut.cardinality() < units.size() - 1; unit++) {
            if (units.get(unit).length < 2 * missing) {
                heldOut.set(unit);
                missing -= units.get(unit).length;
            }
        }
        if (heldOut.isEmpty()) {
            IntStream.range(0, units.size())
                    .reduce((a, b) -> units.get(b).length < units.get(a).length ? b : a)
                    .ifPresent(heldOut::set);
        }
        return new HeldOutRows(units, heldOut);
    }

    /** Puts rows in random order, in place. */
    public static void shuffle(int[] rows, SplittableRandom random) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = rows[i];
            rows[i] = rows[j];
            rows[j] = kept;
        }
    }

    /** To learn from, in random order. */
    public int[] learning() {
        return learning.clone();
    }

    /** To judge by, in random order. */
    public int[] held() {
        return held.clone();
    }
}
