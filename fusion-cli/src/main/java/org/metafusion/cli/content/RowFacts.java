package org.metafusion.cli.content;

import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.report.content.MeasuredRows;

/** The rows a model was measured on, as facts at the head of what a command says. */
final class RowFacts {

    private RowFacts() {}

    static List<Fact> of(MeasuredRows rows) {
        return List.of(
                new Fact("data", "data", Cell.of(rows.data())),
                new Fact("split", "split", Cell.of(rows.split())),
                new Fact("rows", "rows", Cell.of(rows.rows())));
    }
}
