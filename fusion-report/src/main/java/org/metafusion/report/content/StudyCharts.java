package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Series;
import org.metafusion.report.chart.Palette;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Spread;

/**
 * A study's table as charts: lines over a numeric setting where there is one and the lines are few enough to be told apart,
 * else named values one below the other; a chart for each quantity and each combination of the other settings.
 */
final class StudyCharts {

    private static final int MOST_BARS = 12;

    private final StudyTable table;
    private final StudyAxes axes;

    StudyCharts(StudyTable table) {
        this.table = table;
        this.axes = StudyAxes.of(table);
    }

    List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>();
        for (List<Integer> columns : quantities()) {
            if (axes.x().isPresent() && lines(columns) <= Palette.COLOURS) {
                panels(axes.panels()).values().forEach(rows -> all.add(lines(rows, columns, id(all))));
            } else {
                columns.forEach(column ->
                        panels(apart()).values().forEach(rows -> all.add(bars(rows, column, id(all)))));
            }
        }
        return all;
    }

    private String id(List<Exhibit> before) {
        return table.key() + "-" + (before.size() + 1);
    }

    /** Measured columns that can share an axis. */
    private List<List<Integer>> quantities() {
        Map<String, List<Integer>> byQuantity = IntStream.range(
                        0, table.columns().size())
                .filter(c -> table.columns().get(c).isMeasured())
                .filter(c -> !table.columns().get(c).quantity().isEmpty())
                .boxed()
                .collect(Collectors.groupingBy(
                        c -> table.columns().get(c).quantity(), LinkedHashMap::new, Collectors.toList()));
        return List.copyOf(byQuantity.values());
    }

    private int lines(List<Integer> columns) {
        return grouped(table.rows(), axes.compared()).size() * columns.size();
    }

    /** What divides charts of bars: as few settings as leave bars that can be looked at. */
    private List<Integer> apart() {
        List<Integer> all =
                Stream.concat(axes.panels().stream(), axes.x().stream()).toList();
        int count = 0;
        while (count < all.size()
                && panels(all.subList(0, count)).values().stream().anyMatch(rows -> rows.size() > MOST_BARS)) {
            count++;
        }
        return all.subList(0, count);
    }

    private Map<List<StudyValue>, List<List<StudyValue>>> panels(List<Integer> settings) {
        return grouped(table.rows(), settings);
    }

    private static Map<List<StudyValue>, List<List<StudyValue>>> grouped(
            List<List<StudyValue>> rows, List<Integer> columns) {
        return rows.stream()
                .collect(Collectors.groupingBy(
                        row -> columns.stream().map(row::get).toList(), LinkedHashMap::new, Collectors.toList()));
    }

    private Exhibit lines(List<List<StudyValue>> rows, List<Integer> columns, String id) {
        int x = axes.x().orElseThrow();
        StudyColumn measured = table.columns().get(columns.get(0));
        List<Series> series = new ArrayList<>();
        for (List<List<StudyValue>> of : grouped(rows, axes.compared()).values()) {
            for (int column : columns) {
                series.add(Series.main(
                        lineName(of.get(0), column, columns.size() > 1),
                        of.stream()
                                .map(row -> point(row, x, column))
                                .sorted(java.util.Comparator.comparingDouble(Point::x))
                                .toList()));
            }
        }
        double[] places = rows.stream()
                .mapToDouble(row -> StudyCells.spread(row.get(x)).mean())
                .toArray();
        String by = "Along the axis: " + table.columns().get(x).label() + each() + deviations(rows, columns, "Bands");
        return new Exhibit(
                id,
                heading(measured.quantity(), rows, axes.panels()),
                by,
                new Lines(Axis.fitting(table.columns().get(x).label(), places), axis(measured), false, series));
    }

    private String each() {
        return axes.compared().isEmpty() ? "" : "; lines: " + labels(axes.compared());
    }

    private String labels(List<Integer> columns) {
        return columns.stream().map(c -> table.columns().get(c).label()).collect(Collectors.joining(" and "));
    }

    private String lineName(List<StudyValue> row, int column, boolean withColumn) {
        String settings = StudyAxes.named(table, row, axes.compared());
        String label = table.columns().get(column).label();
        if (settings.isEmpty()) {
            return label;
        }
        return withColumn ? settings + ", " + label : settings;
    }

    private Point point(List<StudyValue> row, int x, int column) {
        Spread spread = StudyCells.spread(row.get(column));
        double unit = unit(column);
        return new Point(StudyCells.spread(row.get(x)).mean(), unit * spread.mean(), unit * spread.deviation());
    }

    private double unit(int column) {
        return isPercent(table.columns().get(column)) ? 100 : 1;
    }

    private static Axis axis(StudyColumn measured) {
        Axis axis = Axis.close(measured.quantity());
        return isPercent(measured) ? axis.ofPercent() : axis;
    }

    private static boolean isPercent(StudyColumn column) {
        return column.kind() == StudyColumn.Kind.PERCENT;
    }

    private Exhibit bars(List<List<StudyValue>> rows, int column, String id) {
        StudyColumn measured = table.columns().get(column);
        List<Integer> apart = apart();
        List<Integer> names = Stream.of(axes.panels().stream(), axes.compared().stream(), axes.x().stream())
                .flatMap(columns -> columns)
                .filter(c -> !apart.contains(c))
                .toList();
        Optional<Double> best = best(rows, column);
        List<Bar> bars = rows.stream()
                .map(row -> {
                    Spread spread = StudyCells.spread(row.get(column));
                    return new Bar(
                            names.isEmpty() ? measured.label() : StudyAxes.named(table, row, names),
                            unit(column) * spread.mean(),
                            unit(column) * spread.deviation(),
                            best.isPresent() && spread.mean() == best.get(),
                            "");
                })
                .toList();
        return new Exhibit(
                id,
                heading(isAlone(measured) ? measured.quantity() : measured.label(), rows, apart),
                "By " + (names.isEmpty() ? "nothing else" : labels(names)) + deviations(rows, List.of(column), "Bars"),
                new Bars(names.isEmpty() ? "figure" : labels(names), axis(measured), bars));
    }

    private static Optional<Double> best(List<List<StudyValue>> rows, StudyColumn.Best which, int column) {
        Stream<Double> means = rows.stream()
                .map(row -> StudyCells.spread(row.get(column)).mean())
                .filter(Double::isFinite);
        return switch (which) {
            case NONE -> Optional.empty();
            case LOWEST -> means.min(Double::compare);
            case HIGHEST -> means.max(Double::compare);
        };
    }

    private Optional<Double> best(List<List<StudyValue>> rows, int column) {
        return best(rows, table.columns().get(column).best(), column);
    }

    /** Whether no other column measures the same. */
    private boolean isAlone(StudyColumn measured) {
        return table.columns().stream()
                        .filter(column -> column.quantity().equals(measured.quantity()))
                        .count()
                == 1;
    }

    private String heading(String measured, List<List<StudyValue>> rows, List<Integer> panels) {
        String what = Words.capital(measured.replace(" %", ""));
        return panels.isEmpty() ? what : what + ", " + StudyAxes.said(table, rows.get(0), panels);
    }

    /** What bands or bars about the means are, where there are any. */
    private static String deviations(List<List<StudyValue>> rows, List<Integer> columns, String marks) {
        int most = rows.stream()
                .flatMap(row -> columns.stream().map(row::get))
                .mapToInt(value -> StudyCells.spread(value).values().size())
                .max()
                .orElse(0);
        return most < 2
                ? "; one measurement each."
                : ". " + marks + " are one standard deviation to either side, over " + Figures.count(most, "run") + ".";
    }
}
