package org.metafusion.cli.report;

import java.util.List;
import org.metafusion.report.words.Measure;

/** A part of what a command says, complete enough to be shown as text or as JSON. */
public sealed interface Section {

    /** Its name in JSON; stable. */
    String key();

    /** Its heading in text; empty for none. */
    String title();

    /**
     * Single figures, a line each.
     *
     * @param key empty to put them at the top level of the JSON document
     */
    record Facts(String key, String title, List<Fact> facts) implements Section {
        public Facts {
            facts = List.copyOf(facts);
        }
    }

    /** One figure with its name in JSON and in text. */
    record Fact(String key, String label, Cell value) {}

    /**
     * Rows of figures.
     *
     * @param rows as many cells each as there are columns
     * @param shown the most rows that text shows; JSON has all
     */
    record Table(String key, String title, List<Column> columns, List<List<Cell>> rows, int shown) implements Section {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
            for (List<Cell> row : rows) {
                if (row.size() != columns.size()) {
                    throw new IllegalArgumentException("Table '" + key + "' has " + columns.size()
                            + " columns but a row of " + row.size() + " cells");
                }
            }
        }

        /** A table that is shown whole. */
        public Table(String key, String title, List<Column> columns, List<List<Cell>> rows) {
            this(key, title, columns, rows, Integer.MAX_VALUE);
        }
    }

    /** Sections within a section: one object in JSON, one after the other in text. */
    record Group(String key, List<Section> sections) implements Section {
        public Group {
            sections = List.copyOf(sections);
        }

        @Override
        public String title() {
            return "";
        }
    }

    /** Lines that tell people what another section tells machines. */
    record Said(String title, List<String> lines, Section machine) implements Section {
        public Said {
            lines = List.copyOf(lines);
        }

        @Override
        public String key() {
            return machine.key();
        }
    }

    /**
     * A column by its name in JSON and in text.
     *
     * @param header empty if text leaves the column out
     * @param best the values to point out
     */
    record Column(String key, String header, Best best) {

        public static Column of(String key, String header) {
            return new Column(key, header, Best.NONE);
        }
    }

    /** Which value of a column is the best. */
    enum Best {
        NONE,
        LOWEST,
        HIGHEST;

        /** Of a test metric. */
        public static Best of(Measure measure) {
            return measure.isMoreBetter() ? HIGHEST : LOWEST;
        }
    }

    /** Sentences. */
    record Lines(String key, String title, List<String> lines) implements Section {
        public Lines {
            lines = List.copyOf(lines);
        }
    }
}
