package org.metafusion.training.forest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.training.representation.Draws;

/**
 * Draws what each tree grows on: rows with replacement or, where rows come in groups, groups with replacement. A row whose
 * bag has a sibling is not out of it: what is said of it would be the sibling's.
 */
final class Bags {

    private final List<int[]> units;

    /**
     * Bags of some rows.
     *
     * @param rows that are drawn from
     * @param groups of all rows; empty where they are independent
     */
    Bags(int[] rows, List<String> groups) {
        if (groups.isEmpty()) {
            units = Arrays.stream(rows).mapToObj(row -> new int[] {row}).toList();
            return;
        }
        Map<String, List<Integer>> byGroup = new LinkedHashMap<>();
        for (int row : rows) {
            byGroup.computeIfAbsent(groups.get(row), g -> new ArrayList<>()).add(row);
        }
        units = byGroup.values().stream()
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    /** The rows of as many draws as there are rows or groups; some are there more than once. */
    int[] draw(Draws draws) {
        return IntStream.range(0, units.size())
                .mapToObj(i -> units.get((int) (draws.uniform() * units.size())))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }
}
