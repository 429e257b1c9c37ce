package org.metafusion.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Series of points joined by lines.
 *
 * @param isDiagonal whether the line where both axes are equal is drawn
 */
public record Lines(Axis x, Axis y, boolean isDiagonal, List<Series> series) implements Chart {

    public Lines {
        series = List.copyOf(series);
        if (series.stream().map(Series::name).distinct().count() != series.size()) {
            throw new IllegalArgumentException("Series must have different names but are "
                    + series.stream().map(Series::name).toList());
        }
    }

    /** How a series stands beside the others. */
    public enum Role {
        /** One of those to look at, in a colour of its own. */
        MAIN,
        /** What they are compared with: grey and dashed. */
        REFERENCE
    }

    /**
     * A line.
     *
     * @param points by ascending x; those that are not finite are left out
     */
    public record Series(String name, Role role, List<Point> points) {
        public Series {
            points = points.stream()
                    .filter(p -> Double.isFinite(p.x()) && Double.isFinite(p.y()))
                    .toList();
        }

        /** A series to look at. */
        public static Series main(String name, List<Point> points) {
            return new Series(name, Role.MAIN, points);
        }

        /** A series to compare with. */
        public static Series reference(String name, List<Point> points) {
            return new Series(name, Role.REFERENCE, points);
        }
    }

    /**
     * A point of a line.
     *
     * @param deviation half the height of the band about it; NaN for none
     */
    public record Point(double x, double y, double deviation) {

        /** Without a band. */
        public Point(double x, double y) {
            this(x, y, Double.NaN);
        }

        boolean hasDeviation() {
            return Double.isFinite(deviation);
        }
    }

    boolean hasDeviations() {
        return series.stream().flatMap(s -> s.points().stream()).anyMatch(Point::hasDeviation);
    }

    @Override
    public DataTable table() {
        return isSharedX() ? wide() : tall();
    }

    /** Whether most series have a value at most of the x. */
    private boolean isSharedX() {
        long points = series.stream().mapToLong(s -> s.points().size()).sum();
        return byX().size() * (long) series.size() < 2 * points
                && series.stream()
                        .allMatch(s -> s.points().size()
                                == s.points().stream().map(Point::x).distinct().count());
    }

    private TreeMap<Double, String[]> byX() {
        TreeMap<Double, String[]> byX = new TreeMap<>();
        for (int s = 0; s < series.size(); s++) {
            for (Point point : series.get(s).points()) {
                byX.computeIfAbsent(point.x(), x -> blank(series.size()))[s] = y.show(point.y(), point.deviation());
            }
        }
        return byX;
    }

    private static String[] blank(int count) {
        String[] cells = new String[count];
        java.util.Arrays.fill(cells, "");
        return cells;
    }

    private DataTable wide() {
        List<String> headers = new ArrayList<>(List.of(x.title()));
        series.forEach(s -> headers.add(s.name()));
        List<List<String>> rows = new ArrayList<>();
        byX().forEach((at, cells) -> {
            List<String> row = new ArrayList<>(List.of(x.show(at)));
            row.addAll(List.of(cells));
            rows.add(row);
        });
        return new DataTable(headers, rows);
    }

    private DataTable tall() {
        List<List<String>> rows = new ArrayList<>();
        for (Series s : series) {
            s.points().forEach(p -> rows.add(List.of(s.name(), x.show(p.x()), y.show(p.y(), p.deviation()))));
        }
        return new DataTable(List.of("series", x.title(), y.title()), rows);
    }

    @Override
    public boolean isEmpty() {
        return series.stream().allMatch(s -> s.points().isEmpty());
    }
}
