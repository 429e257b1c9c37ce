package org.metafusion.report.chart;

import org.metafusion.report.words.Figures;

/**
 * An axis of numbers.
 *
 * @param title what is measured, with its unit
 * @param kind of scale
 * @param isPercent whether values are percentages, 100 for the whole; the title alone does not tell, for it may be a name
 *     of the user's
 */
public record Axis(String title, Kind kind, boolean isPercent) {

    /** Of other values than percentages. */
    public Axis(String title, Kind kind) {
        this(title, kind, false);
    }

    /** How values lie on the axis. */
    public enum Kind {
        /** As far as the values go. */
        CLOSE,
        /** From 0. */
        FROM_ZERO,
        /** From 0 to 1. */
        UNIT,
        /** Whole numbers, as far as they go. */
        COUNT,
        /** Logarithmic. */
        LOG
    }

    /** A value as people read it: percentages with one decimal, whole numbers as such, else four significant digits. */
    String show(double value) {
        if (isPercent && Double.isFinite(value)) {
            return Figures.Style.PERCENT.show(value / 100);
        }
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Figures.shortest(value + 0.0)
                : Figures.significant(value);
    }

    /** A mean with its standard deviation, where there is one. */
    String show(double mean, double deviation) {
        if (!Double.isFinite(deviation)) {
            return show(mean);
        }
        return isPercent
                ? Figures.Style.PERCENT.show(mean / 100, deviation / 100)
                : Figures.Style.PLAIN.show(mean, deviation);
    }

    /** The same for percentages. */
    public Axis ofPercent() {
        return new Axis(title, kind, true);
    }

    /** As far as the values go. */
    public static Axis close(String title) {
        return new Axis(title, Kind.CLOSE);
    }

    /** From 0. */
    public static Axis fromZero(String title) {
        return new Axis(title, Kind.FROM_ZERO);
    }

    /** Whole numbers, as far as they go. */
    public static Axis count(String title) {
        return new Axis(title, Kind.COUNT);
    }

    /** From 0 to 1. */
    public static Axis unit(String title) {
        return new Axis(title, Kind.UNIT);
    }

    /** Logarithmic where the largest of the values is many times the smallest, else as far as they go. */
    public static Axis fitting(String title, double[] values) {
        double least =
                java.util.Arrays.stream(values).filter(Double::isFinite).min().orElse(1);
        double most =
                java.util.Arrays.stream(values).filter(Double::isFinite).max().orElse(1);
        return new Axis(title, least > 0 && most > 20 * least ? Kind.LOG : Kind.CLOSE);
    }
}
