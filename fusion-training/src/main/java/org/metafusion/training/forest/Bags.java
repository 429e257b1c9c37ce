package org.metafusion.training.forest;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.metafusion.core.modality.RowGroups;
import org.metafusion.training.representation.Draws;

/**
 * Draws what each tree grows on: rows with replacement or, where rows come in groups, groups with replacement. A row whose
 * bag has a sibling is not out of it: what is said of it would be the sibling's. Rows that are all one group are drawn as if
 * they were independent.
 */
final class Bags {

    private final List<int[]> units;
    private final Map<Integer, int[]> siblings = new HashMap<>();

    /**
     * Bags of some rows.
     *
     * @param rows that are drawn from
     * @param groups of all rows, also of those that are not drawn from; empty where they are independent
     */
    Bags(int[] rows, List<String> groups) {
        Map<String, List<Integer>> all =
                RowGroups.by(IntStream.range(0, groups.size()).toArray(), groups);
        if (all.size() < 2) {
            units = Arrays.stream(rows).mapToObj(row -> new int[] {row}).toList();
            return;
        }
        Map<String, List<Integer>> drawn = RowGroups.by(rows, groups);
        units = drawn.values().stream().map(RowGroups::array).toList();
        drawn.forEach((group, some) -> {
            int[] whole = RowGroups.array(Objects.requireNonNull(all.get(group)));
            some.forEach(row -> siblings.put(row, whole));
        });
    }

    /** The rows of as many draws as there are rows or groups; some are there more than once. */
    int[] draw(Draws draws) {
        return IntStream.range(0, units.size())
                .mapToObj(i -> units.get((int) (draws.uniform() * units.size())))
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    /** The rows that are not out of a bag: its own and their siblings, also those that are not drawn from. */
    BitSet known(int[] bag) {
        BitSet known = new BitSet();
        for (int row : bag) {
            if (!known.get(row)) {
                known.set(row);
                Arrays.stream(siblings.getOrDefault(row, new int[0])).forEach(known::set);
            }
        }
        return known;
    }
}
