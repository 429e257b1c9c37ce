package org.metafusion.cli.report;

import java.util.ArrayList;
import java.util.List;

/** Columns of text aligned by blanks, two between columns, none at the end of a line. */
final class TextTable {

    /** A cell of text. */
    record Box(String text, boolean right, boolean bold) {

        static Box left(String text) {
            return new Box(text, false, false);
        }

        static Box right(String text, boolean bold) {
            return new Box(text, true, bold);
        }

        int width() {
            return text.codePointCount(0, text.length());
        }
    }

    private final Ink ink;
    private final List<Box[]> rows = new ArrayList<>();

    TextTable(Ink ink) {
        this.ink = ink;
    }

    void row(Box... boxes) {
        rows.add(boxes);
    }

    List<String> lines() {
        int[] widths = new int[rows.stream().mapToInt(row -> row.length).max().orElse(0)];
        for (Box[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], row[c].width());
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(Box[] row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int c = 0; c < row.length; c++) {
            String blanks = " ".repeat(widths[c] - row[c].width());
            String text = row[c].bold() ? ink.bold(row[c].text()) : row[c].text();
            line.append(c == 0 ? "" : "  ").append(row[c].right() ? blanks + text : text + blanks);
        }
        return line.toString().stripTrailing();
    }
}
