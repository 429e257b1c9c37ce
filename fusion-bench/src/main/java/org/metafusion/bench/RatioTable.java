package org.metafusion.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Medians of all contenders, one row a part of the workload, and how many times the first one's each is. */
final class RatioTable {

    private RatioTable() {}

    /** @param contenders ours first */
    static String of(String workload, List<Contender> contenders) {
        List<String[]> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(workload));
        for (Contender contender : contenders) {
            head.add(contender.name());
            head.add(contender == contenders.get(0) ? "" : "ratio");
        }
        rows.add(head.toArray(String[]::new));
        Contender ours = contenders.get(0);
        ours.measured().forEach((part, own) -> {
            List<String> row = new ArrayList<>(List.of(part));
            for (Contender contender : contenders) {
                double median = median(contender.measured().getOrDefault(part, List.of()));
                row.add(String.format(Locale.ROOT, "%.4g", median));
                row.add(contender == ours ? "" : String.format(Locale.ROOT, "%.2fx", median / median(own)));
            }
            rows.add(row.toArray(String[]::new));
        });
        return aligned(rows);
    }

    static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The first column to the left, the others to the right. */
    static String aligned(List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int c = 0; c < row.length; c++) {
                widths[c] = Math.max(widths[c], row[c].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < row.length; c++) {
                if (widths[c] > 0) {
                    line.append(c == 0 ? "" : "  ").append(padded(row[c], widths[c], c == 0));
                }
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String padded(String text, int width, boolean left) {
        return left ? text + " ".repeat(width - text.length()) : " ".repeat(width - text.length()) + text;
    }
}
