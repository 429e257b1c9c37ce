package org.metafusion.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.ensemble.strategy.Reach;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.content.ComparisonReport;

/** What is said of ways to fuse that were measured on fewer rows than the committee. */
final class WayOverRunsTest {

    private static StrategyOutcome outcome(String name, double accuracy, int rows, int all) {
        return new StrategyOutcome(
                name,
                "a student",
                0.5,
                Reach.whole(40),
                Map.of("accuracy", accuracy, "logLoss", 1 - accuracy),
                new Reach(rows, all),
                Optional.empty());
    }

    private static MeasuredRun run(int testRows, StrategyOutcome... outcomes) {
        return new MeasuredRun("split", 1, 100, testRows, 1.5, List.of(outcomes));
    }

    private static final List<MeasuredRun> RUNS = List.of(
            run(
                    60,
                    outcome(Comparison.COMMITTEE, 0.80, 60, 60),
                    outcome("early", 0.95, 45, 60),
                    outcome("x alone", 0.99, 50, 60),
                    outcome("late", 0.70, 60, 60)),
            run(
                    60,
                    outcome(Comparison.COMMITTEE, 0.82, 60, 60),
                    outcome("early", 0.97, 45, 60),
                    outcome("x alone", 0.99, 48, 60),
                    outcome("z alone", 0.99, 60, 60),
                    outcome("late", 0.72, 60, 60)));

    @Test
    void aNoteSaysWhatIsLessThanEverything() {
        assertThat(WayOverRuns.of(RUNS))
                .extracting(WayOverRuns::name)
                .containsExactly("early", "x alone", "late", "z alone", Comparison.COMMITTEE);
        assertThat(WayOverRuns.of(RUNS))
                .extracting(WayOverRuns::note)
                .containsExactly("45 of 60 rows", "98 of 120 rows in all runs", "", "1 of 2 runs", "");
        assertThat(WayOverRuns.of(RUNS))
                .filteredOn(WayOverRuns::isOnAllRows)
                .extracting(WayOverRuns::name)
                .containsExactly("late", Comparison.COMMITTEE);
    }

    @Test
    void aPageRanksThoseOnAllRowsAlone() {
        Report report = ComparisonReport.comparison(
                "birds", new Task.Classification(List.of("a", "b")), RUNS, new Provenance(Map.of(), Map.of()));
        assertThat(report.tiles()).anyMatch(tile -> tile.note().equals("late"));
        assertThat(report.sentences())
                .contains(
                        "Rows: 3 of 5 ways to fuse were measured on fewer rows, those that have what they need; these may"
                                + " be easier, so they are not ranked.");
        assertThat(report.parts().get(0).exhibits().get(0).lead())
                .startsWith("Higher is better; of those on all rows the committee is the best of 2. Bars are one");
    }
}
