package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Rows in two parts, drawn at random: most to learn from, some held out to judge by. Rows of one group stay together, else a
 * sibling that was learned from would be judged by; only where all rows are one group are they divided.
 */
public final class HeldOutRows {

    private final List<Integer> learning = new ArrayList<>();
    private final List<Integer> held = new ArrayList<>();

    private HeldOutRows() {}

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
        HeldOutRows parts = new HeldOutRows();
        List<List<Integer>> units = units(rows, groups);
        int taken = 0;
        for (List<Integer> unit : units) {
            boolean nearer = unit.size() < 2 * (count - parts.held.size());
            boolean last = taken == units.size() - 1;
            taken += nearer && !last ? 1 : 0;
            (nearer && !last ? parts.held : parts.learning).addAll(unit);
        }
        if (taken == 0) {
            List<Integer> smallest =
                    units.stream().min(Comparator.comparingInt(List::size)).orElseThrow();
            parts.held.addAll(smallest);
            parts.learning.removeAll(Set.copyOf(smallest));
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

    /** To judge by, in random order. */
    public int[] held() {
        return array(held);
    }

    private static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
