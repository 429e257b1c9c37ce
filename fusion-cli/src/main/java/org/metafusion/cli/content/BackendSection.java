package org.metafusion.cli.content;

import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;

/** The backends and whether they can be used here. */
public final class BackendSection {

    /**
     * One backend.
     *
     * @param isChosen whether {@code auto} takes it
     * @param device empty if it cannot be used
     * @param detail how it computes, or why it cannot be used and what to do
     */
    public record Row(String name, boolean usable, boolean isChosen, String device, String detail) {}

    private BackendSection() {}

    public static Section of(List<Row> backends) {
        List<List<Cell>> rows = backends.stream()
                .map(row -> List.of(
                        Cell.of(row.name()),
                        (Cell) new Cell.Answer(row.usable()),
                        Cell.marked(row.isChosen()),
                        row.device().isEmpty() ? Cell.none() : Cell.of(row.device()),
                        Cell.of(row.detail())))
                .toList();
        return new Section.Table(
                "backends",
                "Backends",
                List.of(
                        Column.of("name", "name"),
                        Column.of("usable", "usable"),
                        Column.of("auto", "auto"),
                        Column.of("device", "device"),
                        Column.of("detail", "detail")),
                rows);
    }
}
