package org.metafusion.cli.report;

import java.util.List;
import java.util.OptionalDouble;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Measure;

/** A value that people read as text and machines as JSON. */
public sealed interface Cell {

    /** For people. */
    String text();

    /** What it is compared by, where there is anything to compare. */
    default OptionalDouble order() {
        return OptionalDouble.empty();
    }

    /** The same, but never the best of its column: of other rows than the cells it stands among. */
    default Cell apart() {
        return this;
    }

    static Cell of(String text) {
        return new Text(text);
    }

    static Cell of(long count) {
        return new Count(count);
    }

    /** Four significant digits. */
    static Cell of(double value) {
        return new Number(value, Figures.Style.PLAIN);
    }

    /** Without needless zeros. */
    static Cell shortest(double value) {
        return new Number(value, Figures.Style.SHORTEST);
    }

    /** A share of one, shown in percent. */
    static Cell percent(double share) {
        return new Number(share, Figures.Style.PERCENT);
    }

    /** A test metric; NaN where it was not measured. */
    static Cell of(Measure measure, double value) {
        return new Number(value, measure.style());
    }

    /** A test metric of several runs, none of which need have measured it. */
    static Cell of(Measure measure, List<Double> values) {
        return values.isEmpty() ? none() : new Spread(values, measure.style());
    }

    static Cell marked(boolean set) {
        return new Mark(set);
    }

    /** Nothing to show. */
    static Cell none() {
        return new None();
    }

    /** Words. */
    record Text(String text) implements Cell {}

    /**
     * Words with a remark in brackets, which machines are not told.
     *
     * @param note empty for none
     */
    record Noted(String words, String note) implements Cell {
        @Override
        public String text() {
            return note.isEmpty() ? words : words + " (" + note + ")";
        }
    }

    /**
     * Several words: a list in JSON.
     *
     * @param shown the most words that text shows
     */
    record Words(List<String> words, String separator, int shown) implements Cell {
        public Words {
            words = List.copyOf(words);
        }

        public Words(List<String> words, String separator) {
            this(words, separator, Integer.MAX_VALUE);
        }

        @Override
        public String text() {
            int left = words.size() - shown;
            return left > 0
                    ? String.join(separator, words.subList(0, shown)) + " and " + left + " more"
                    : String.join(separator, words);
        }
    }

    /** A whole number. */
    record Count(long count) implements Cell {
        @Override
        public String text() {
            return Long.toString(count);
        }

        @Override
        public OptionalDouble order() {
            return OptionalDouble.of(count);
        }
    }

    /**
     * A measured number; not finite if it could not be measured.
     *
     * @param isCompared whether it may be the best of its column
     */
    record Number(double value, Figures.Style style, boolean isCompared) implements Cell {

        public Number(double value, Figures.Style style) {
            this(value, style, true);
        }

        @Override
        public Cell apart() {
            return new Number(value, style, false);
        }

        @Override
        public String text() {
            return style.show(value);
        }

        @Override
        public OptionalDouble order() {
            return isCompared && Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }

    /**
     * Several measurements of one thing; shown as mean and standard deviation.
     *
     * @param isCompared whether their mean may be the best of its column
     */
    record Spread(List<Double> values, Figures.Style style, boolean isCompared) implements Cell {
        public Spread {
            values = List.copyOf(values);
        }

        public Spread(List<Double> values, Figures.Style style) {
            this(values, style, true);
        }

        @Override
        public Cell apart() {
            return new Spread(values, style, false);
        }

        public double mean() {
            return spread().mean();
        }

        /** Of a sample, that is over n - 1; NaN for a single value. */
        public double deviation() {
            return spread().deviation();
        }

        private org.metafusion.report.words.Spread spread() {
            return new org.metafusion.report.words.Spread(values);
        }

        @Override
        public String text() {
            return spread().text(style);
        }

        @Override
        public OptionalDouble order() {
            return isCompared && Double.isFinite(mean()) ? OptionalDouble.of(mean()) : OptionalDouble.empty();
        }
    }

    /** Yes or no; shown as an asterisk or not at all. */
    record Mark(boolean set) implements Cell {
        @Override
        public String text() {
            return set ? "*" : "";
        }
    }

    /** Yes or no, in words. */
    record Answer(boolean yes) implements Cell {
        @Override
        public String text() {
            return yes ? "yes" : "no";
        }
    }

    /** Nothing. */
    record None() implements Cell {
        @Override
        public String text() {
            return "-";
        }
    }
}
