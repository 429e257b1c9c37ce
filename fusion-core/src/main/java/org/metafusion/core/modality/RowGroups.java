package org.metafusion.core.modality;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows that come in groups, such as the samples of one patient, which are not to be divided. Groups are given by the number of
 * a row, of all rows; none are given where rows are independent.
 */
public final class RowGroups {

    private RowGroups() {}

    /** The groups of some rows, in their order; empty where rows are independent. */
    public static List<String> of(int[] rows, List<String> groups) {
        return groups.isEmpty()
                ? groups
                : Arrays.stream(rows).mapToObj(groups::get).toList();
    }

    /** Some rows by their group, in the order of each group's first; rows are not independent. */
    public static Map<String, List<Integer>> by(int[] rows, List<String> groups) {
        Map<String, List<Integer>> by = new LinkedHashMap<>();
        for (int row : rows) {
            by.computeIfAbsent(groups.get(row), group -> new ArrayList<>()).add(row);
        }
        return by;
    }

    /** Some rows, those of one group together; each alone where rows are independent, or all of one group. */
    public static List<int[]> together(int[] rows, List<String> groups) {
        Map<String, List<Integer>> by = groups.isEmpty() ? Map.of() : by(rows, groups);
        return by.size() < 2
                ? Arrays.stream(rows).mapToObj(row -> new int[] {row}).toList()
                : by.values().stream().map(RowGroups::array).toList();
    }

    /** Row numbers as an array. */
    public static int[] array(List<Integer> rows) {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
