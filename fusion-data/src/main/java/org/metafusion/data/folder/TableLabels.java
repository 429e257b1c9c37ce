package org.metafusion.data.folder;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Checks what a table says of its rows, as {@link LabelRows} checks {@code labels.csv}. */
record TableLabels(TableRows rows, Origin origin, boolean splitIgnored) {

    static LabelRows of(TableRows rows, boolean splitIgnored) {
        return new TableLabels(rows, origin(rows), splitIgnored).checked();
    }

    static Origin origin(TableRows rows) {
        String source = rows.source();
        String last =
                source.substring(source.lastIndexOf(Path.of("").getFileSystem().getSeparator()) + 1);
        return new Origin(source, last, "row");
    }

    private LabelRows checked() {
        if (rows.ids().isEmpty()) {
            throw origin.error("there is no row; give some");
        }
        for (int t = 0; t < rows.labels().size(); t++) {
            requireFilled(rows.labels().get(t), rows.labelNames().get(t), "the label is blank; give a label");
        }
        requireFilled(
                rows.groups(), "group", "the group is blank; give each row one, the same to rows that belong together");
        return new LabelRows(
                origin,
                rows.labelNames().get(0),
                rows.ids(),
                rows.labels().get(0),
                rows.groups(),
                IntStream.rangeClosed(1, rows.ids().size()).boxed().toList(),
                train(),
                source());
    }

    private LabelRows.SplitSource source() {
        if (rows.splits().isEmpty()) {
            return LabelRows.SplitSource.ABSENT;
        }
        return splitIgnored ? LabelRows.SplitSource.IGNORED : LabelRows.SplitSource.GIVEN;
    }

    private void requireFilled(List<String> texts, String column, String complaint) {
        int blank = texts.indexOf("");
        if (blank >= 0) {
            throw origin.error(blank + 1, column, complaint + " or remove the row");
        }
    }

    private BitSet train() {
        BitSet train = new BitSet();
        if (splitIgnored || rows.splits().isEmpty()) {
            train.set(0, rows.ids().size());
            return train;
        }
        for (int row = 0; row < rows.splits().size(); row++) {
            String split = rows.splits().get(row);
            if (split.equals("train")) {
                train.set(row);
            } else if (!split.equals("test")) {
                throw origin.error(
                        row + 1,
                        "split",
                        "the split must be 'train' or 'test' but is " + Wording.quoted(split)
                                + "; validation rows are carved out of train by themselves");
            }
        }
        return train;
    }
}
