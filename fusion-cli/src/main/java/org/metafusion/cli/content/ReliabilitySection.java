package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.ensemble.metric.Reliability;

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
                "Reliability: " + words(reliability),
                List.of(
                        Column.of("from", "probability over %"),
                        Column.of("to", "up to %"),
                        Column.of("rows", "rows"),
                        Column.of("confidence", "mean probability %"),
                        Column.of("accuracy", "right %")),
                rows);
    }

    private static String words(Reliability reliability) {
        double excess = reliability.confidence() - reliability.accuracy();
        return String.format(
                Locale.ROOT,
                "the likeliest class has %.1f %% on average and is right in %.1f %%, so probabilities are %s",
                100 * reliability.confidence(),
                100 * reliability.accuracy(),
                verdict(excess, reliability.rows()));
    }

    /** Within two standard errors of an accuracy of a half, the widest there is. */
    private static String verdict(double excess, int rows) {
        if (Math.abs(excess) <= 1 / Math.sqrt(rows)) {
            return "as high as they should be, as far as " + rows + " rows tell";
        }
        return String.format(Locale.ROOT, "%.1f points too %s", 100 * Math.abs(excess), excess > 0 ? "high" : "low");
    }
}
