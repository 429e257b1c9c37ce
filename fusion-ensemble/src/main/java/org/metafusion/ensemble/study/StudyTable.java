package org.metafusion.ensemble.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table of a study.
 *
 * @param key its name in files; stable
 * @param rows as many values each as there are columns
 */
public record StudyTable(String key, String title, List<StudyColumn> columns, List<List<StudyValue>> rows) {

    public StudyTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<StudyValue> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException("Table '" + key + "' has " + columns.size()
                        + " columns but a row of " + row.size() + " values");
            }
        }
    }

    /**
     * The same measurements over all repetitions: a row for each combination of settings, in order of first appearance,
     * what was measured as a value a repetition, and no columns of runs.
     */
    public StudyTable overRuns(String newTitle) {
        int[] kept = IntStream.range(0, columns.size())
                .filter(c -> columns.get(c).kind() != StudyColumn.Kind.RUN)
                .toArray();
        Map<List<StudyValue>, List<List<StudyValue>>> groups = new LinkedHashMap<>();
        for (List<StudyValue> row : rows) {
            List<StudyValue> settings = IntStream.of(kept)
                    .filter(c -> !columns.get(c).isMeasured())
                    .mapToObj(row::get)
                    .toList();
            groups.computeIfAbsent(settings, key -> new ArrayList<>()).add(row);
        }
        List<List<StudyValue>> joined = groups.values().stream()
                .map(group -> IntStream.of(kept).mapToObj(c -> joined(group, c)).toList())
                .toList();
        return new StudyTable(
                key, newTitle, IntStream.of(kept).mapToObj(columns::get).toList(), joined);
    }

    private StudyValue joined(List<List<StudyValue>> group, int column) {
        if (!columns.get(column).isMeasured()) {
            return group.get(0).get(column);
        }
        List<Double> values = new ArrayList<>();
        for (List<StudyValue> row : group) {
            double value = number(row.get(column));
            if (Double.isFinite(value)) {
                values.add(value);
            }
        }
        return new StudyValue.Repeated(values);
    }

    private static double number(StudyValue value) {
        if (value instanceof StudyValue.Figure figure) {
            return figure.value();
        }
        if (value instanceof StudyValue.Count count) {
            return count.count();
        }
        throw new IllegalArgumentException("A measured column has numbers but holds " + value);
    }
}
