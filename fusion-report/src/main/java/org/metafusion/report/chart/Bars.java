package org.metafusion.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Named values one below the other: bars where the axis begins at 0, else dots, with error bars where there are any.
 *
 * @param names what the bars are, such as {@code strategy}
 * @param bars in the order shown
 */
public record Bars(String names, Axis axis, List<Bar> bars) implements Chart {

    public Bars {
        bars = List.copyOf(bars);
    }

    /**
     * A value.
     *
     * @param deviation half the length of its error bar; NaN for none
     * @param isChosen whether it stands out
     * @param note what else to know of it; empty for nothing
     */
    public record Bar(String name, double value, double deviation, boolean isChosen, String note) {

        /** Without error bar and note. */
        public static Bar of(String name, double value, boolean isChosen) {
            return new Bar(name, value, Double.NaN, isChosen, "");
        }

        boolean hasDeviation() {
            return Double.isFinite(deviation);
        }
    }

    /** Those that can be drawn. */
    List<Bar> drawn() {
        return bars.stream().filter(bar -> Double.isFinite(bar.value())).toList();
    }

    boolean hasDeviations() {
        return bars.stream().anyMatch(Bar::hasDeviation);
    }

    @Override
    public DataTable table() {
        boolean noted = bars.stream().anyMatch(bar -> !bar.note().isEmpty());
        List<String> headers = new ArrayList<>(List.of(names, axis.title()));
        if (hasDeviations()) {
            headers.add("standard deviation");
        }
        if (noted) {
            headers.add("note");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Bar bar : bars) {
            List<String> row = new ArrayList<>(List.of(bar.name(), axis.show(bar.value())));
            if (hasDeviations()) {
                row.add(axis.show(bar.deviation()));
            }
            if (noted) {
                row.add(bar.note());
            }
            rows.add(row);
        }
        return new DataTable(headers, rows);
    }

    @Override
    public boolean isEmpty() {
        return drawn().isEmpty();
    }
}
