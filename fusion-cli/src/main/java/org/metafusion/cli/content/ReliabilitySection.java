package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.ensemble.metric.Reliability;
import org.metafusion.report.words.Trust;

/** How often probabilities are right, bin by bin, and in a sentence. */
final class ReliabilitySection {

    private ReliabilitySection() {}

    static Section of(Reliability reliability) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Reliability.Bin bin : reliability.bins()) {
            if (bin.rows() > 0) {
                rows.add(List.of(
                        Cell.percent(bin.from()),
                        Cell.percent(bin.to()),
                        Cell.of(bin.rows()),
                        Cell.percent(bin.confidence()),
                        Cell.percent(bin.accuracy())));
            }
        }
        return new Section.Table(
                "reliability",
                "Reliability: " + Trust.in(reliability),
                List.of(
                        Column.of("from", "probability over %"),
                        Column.of("to", "up to %"),
                        Column.of("rows", "rows"),
                        Column.of("confidence", "mean probability %"),
                        Column.of("accuracy", "right %")),
                rows);
    }
}
