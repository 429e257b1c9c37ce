package org.metafusion.data.folder;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The rows of {@code labels.csv}, or of a table that has labels, in its order.
 *
 * @param column the name of the labels' column
 * @param lines where in the file each row is
 * @param groups the group of each row; empty where there is no such column
 * @param train which rows are to learn from; the others are test rows
 */
record LabelRows(
        Origin file,
        String column,
        List<String> ids,
        List<String> labels,
        List<String> groups,
        List<Integer> lines,
        BitSet train,
        SplitSource split) {

    /** Where it comes from that a row is train or test. */
    enum SplitSource {
        GIVEN,
        IGNORED,
        ABSENT
    }

    static LabelRows read(CsvFile file, boolean splitIgnored) {
        Reading reading = new Reading(file, splitIgnored);
        file.read(reading);
        return new LabelRows(
                file.origin(),
                "label",
                reading.ids,
                reading.labels,
                reading.groups,
                reading.lines,
                reading.train,
                reading.source());
    }

    int rows() {
        return ids.size();
    }

    private static final class Reading implements CsvFile.Rows {

        private static final List<String> KNOWN = List.of("label", "split", "group");

        private final CsvFile file;
        private final boolean splitIgnored;
        private final List<String> ids = new ArrayList<>();
        private final List<String> labels = new ArrayList<>();
        private final List<String> groups = new ArrayList<>();
        private final List<Integer> lines = new ArrayList<>();
        private final BitSet train = new BitSet();
        private int labelColumn;
        private int splitColumn;
        private int groupColumn;
        private int line;

        Reading(CsvFile file, boolean splitIgnored) {
            this.file = file;
            this.splitIgnored = splitIgnored;
        }

        @Override
        public void header(List<String> columns, int line) {
            labelColumn = columns.indexOf("label");
            splitColumn = columns.indexOf("split");
            groupColumn = columns.indexOf("group");
            if (labelColumn < 0) {
                throw file.error(line, "there is no column 'label'; expected the columns id,label,split");
            }
            for (String column : columns) {
                if (!KNOWN.contains(column)) {
                    throw file.error(
                            line,
                            "column " + Wording.quoted(column)
                                    + " is unknown; expected the columns id,label,split,group, so remove or rename it");
                }
            }
        }

        SplitSource source() {
            if (splitColumn < 0) {
                return SplitSource.ABSENT;
            }
            return splitIgnored ? SplitSource.IGNORED : SplitSource.GIVEN;
        }

        @Override
        public void begin(String id, int line) {
            this.line = line;
            ids.add(id);
            lines.add(line);
            if (splitColumn < 0) {
                train.set(ids.size() - 1);
            }
        }

        @Override
        public void cell(int column, char[] buffer, int offset, int length) {
            String text = new String(buffer, offset, length).strip();
            if (column == labelColumn) {
                if (text.isEmpty()) {
                    throw file.error(line, "label", "the label is blank; give a label or remove the row");
                }
                labels.add(text);
            } else if (column == groupColumn) {
                if (text.isEmpty()) {
                    throw file.error(
                            line,
                            "group",
                            "the group is blank; give each row one, the same to rows that belong" + " together");
                }
                groups.add(text);
            } else {
                split(text);
            }
        }

        private void split(String text) {
            if (splitIgnored || text.equals("train")) {
                train.set(ids.size() - 1);
            } else if (!text.equals("test")) {
                throw file.error(
                        line,
                        "split",
                        "the split must be 'train' or 'test' but is " + Wording.quoted(text)
                                + "; validation rows are carved out of train by themselves");
            }
        }

        @Override
        public void end() {}
    }
}
