package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows in two parts, drawn at random: most to learn from, some held out to stop by. Rows of one group stay together, else a
 * sibling that was learned from would say when to stop; only where all rows are one group are they divided.
 */
public final class HeldOutRows {

    private final List<Integer> learning = new ArrayList<>();
    private final List<Integer> held = new ArrayList<>();

    private HeldOutRows() {}

    /**
     * Holds rows out.
     *
     * @param rows two or more; their order is drawn in place
     * @param groups of all rows, by their number; empty where rows are independent
     * @param count of rows to hold out, at most half; with groups, as many whole ones as make so many rows, if these are
     *     not more than half
     */
    public static HeldOutRows of(int[] rows, List<String> groups, int count, long seed) {
        shuffle(rows, new SplittableRandom(seed));
        HeldOutRows parts = new HeldOutRows();
        for (List<Integer> unit : units(rows, groups)) {
            boolean enough = parts.held.size() >= count;
            boolean tooMany = parts.held.size() + unit.size() > rows.length / 2;
            (enough || tooMany ? parts.learning : parts.held).addAll(unit);
        }
        return parts;
    }

    private static List<List<Integer>> units(int[] rows, List<String> groups) {
        Map<Object, List<Integer>> units = new LinkedHashMap<>();
        for (int row : rows) {
            units.computeIfAbsent(groups.isEmpty() ? row : groups.get(row), unit -> new ArrayList<>())
                    .add(row);
        }
        if (units.size() > 1) {
            return List.copyOf(units.values());
        }
        return units.values().stream().flatMap(Collection::stream).map(List::of).toList();
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
        return array(learning);
    }

    /** To stop by, in random order. */
    public int[] held() {
        return array(held);
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
