package org.metafusion.report.content;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.metafusion.ensemble.study.StudyColumn.Kind;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;

/**
 * Which of the settings of a study's table go where in its charts, as numbers of columns. Settings of a single value, and
 * those that follow from the one on the x-axis, go nowhere.
 *
 * @param x the numeric setting of the most values, if any
 * @param compared what stands side by side in a chart
 * @param panels what divides charts from each other
 */
record StudyAxes(Optional<Integer> x, List<Integer> compared, List<Integer> panels) {

    static StudyAxes of(StudyTable table) {
        List<Integer> settings = varied(table, Kind.SETTING);
        Optional<Integer> x = settings.stream()
                .filter(c -> table.rows().stream().map(row -> row.get(c)).allMatch(StudyCells::isNumber))
                .max(Comparator.comparingLong((Integer c) -> distinct(table, c))
                        .thenComparing(Comparator.reverseOrder()));
        List<Integer> panels = settings.stream()
                .filter(c -> x.isEmpty() || !follows(table, c, x.get()))
                .toList();
        return new StudyAxes(x, varied(table, Kind.COMPARED), panels);
    }

    private static List<Integer> varied(StudyTable table, Kind kind) {
        return IntStream.range(0, table.columns().size())
                .filter(c -> table.columns().get(c).kind() == kind && distinct(table, c) > 1)
                .boxed()
                .toList();
    }

    private static long distinct(StudyTable table, int column) {
        return table.rows().stream().map(row -> row.get(column)).distinct().count();
    }

    /** Whether rows that agree in {@code x} agree in a column. */
    private static boolean follows(StudyTable table, int column, int x) {
        Map<StudyValue, StudyValue> seen = new HashMap<>();
        return table.rows().stream()
                .allMatch(row -> row.get(column).equals(seen.computeIfAbsent(row.get(x), value -> row.get(column))));
    }

    /** The values of some columns of a row, such as {@code label mixture, factor 0.5}. */
    static String said(StudyTable table, List<StudyValue> row, List<Integer> columns) {
        return joined(columns, c -> table.columns().get(c).label() + " " + text(table, row, c));
    }

    /** As {@link #said}, but shorter: words alone, and numbers with what they are of. */
    static String named(StudyTable table, List<StudyValue> row, List<Integer> columns) {
        return joined(
                columns,
                c -> StudyCells.isNumber(row.get(c))
                        ? table.columns().get(c).label() + " " + text(table, row, c)
                        : text(table, row, c));
    }

    private static String text(StudyTable table, List<StudyValue> row, int column) {
        return StudyCells.text(row.get(column), table.columns().get(column));
    }

    private static String joined(List<Integer> columns, IntFunction<String> said) {
        return columns.stream().map(said::apply).collect(Collectors.joining(", "));
    }
}
