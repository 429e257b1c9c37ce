package org.metafusion.report;

import java.util.List;
import org.metafusion.report.chart.DataTable;

/**
 * A part of a report under one heading.
 *
 * @param id within the page
 * @param tables further figures that no chart shows
 */
public record Part(String id, String title, List<Exhibit> exhibits, List<NamedTable> tables) {

    public Part {
        exhibits = List.copyOf(exhibits);
        tables = List.copyOf(tables);
    }

    /** Of charts alone. */
    public Part(String id, String title, List<Exhibit> exhibits) {
        this(id, title, exhibits, List.of());
    }

    /** A table with a heading. */
    public record NamedTable(String heading, DataTable table) {}

    /** Whether there is nothing to show. */
    public boolean isEmpty() {
        return exhibits.isEmpty() && tables.isEmpty();
    }
}
