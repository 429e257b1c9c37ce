package org.metafusion.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.report.words.Figures;

/**
 * Points in a plane.
 *
 * @param names what the points are, such as {@code student}
 * @param groups what tells their colours apart; empty if they have one
 * @param sizes what their sizes mean; empty if they have one
 * @param isDiagonal whether the line where both axes are equal is drawn
 */
public record Dots(String names, Axis x, Axis y, String groups, String sizes, boolean isDiagonal, List<Dot> dots)
        implements Chart {

    public Dots {
        dots = List.copyOf(dots);
    }

    /**
     * A point.
     *
     * @param group one of few; empty without groups
     * @param size 0 or more
     */
    public record Dot(String name, double x, double y, String group, double size) {}

    /** The names of the groups in order of appearance. */
    List<String> groupNames() {
        return dots.stream().map(Dot::group).distinct().toList();
    }

    @Override
    public DataTable table() {
        List<String> headers = new ArrayList<>(List.of(names, x.title(), y.title()));
        if (!groups.isEmpty()) {
            headers.add(groups);
        }
        if (!sizes.isEmpty()) {
            headers.add(sizes);
        }
        List<List<String>> rows = new ArrayList<>();
        for (Dot dot : dots) {
            List<String> row = new ArrayList<>(List.of(dot.name(), x.show(dot.x()), y.show(dot.y())));
            if (!groups.isEmpty()) {
                row.add(dot.group());
            }
            if (!sizes.isEmpty()) {
                row.add(Figures.shortest(dot.size()));
            }
            rows.add(row);
        }
        return new DataTable(headers, rows);
    }

    @Override
    public boolean isEmpty() {
        return dots.isEmpty();
    }
}
