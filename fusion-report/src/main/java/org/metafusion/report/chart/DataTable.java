package org.metafusion.report.chart;

import java.util.List;

/**
 * Figures in rows.
 *
 * @param headers one a column
 * @param rows as many texts each as there are headers; the first names the row
 */
public record DataTable(List<String> headers, List<List<String>> rows) {

    public DataTable {
        headers = List.copyOf(headers);
        rows = rows.stream().map(List::copyOf).toList();
        for (List<String> row : rows) {
            if (row.size() != headers.size()) {
                throw new IllegalArgumentException(
                        "A table of the columns " + headers + " has a row of " + row.size() + " cells: " + row);
            }
        }
    }
}
