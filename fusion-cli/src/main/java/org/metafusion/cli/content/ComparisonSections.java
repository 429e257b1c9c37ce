package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Best;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Measure;
import org.metafusion.report.words.WayOverRuns;

/** Strategies side by side: mean and standard deviation of their test metrics over runs, the committee last. */
public final class ComparisonSections {

    private final Task task;
    private final List<MeasuredRun> runs;

    public ComparisonSections(Task task, List<MeasuredRun> runs) {
        this.task = task;
        this.runs = List.copyOf(runs);
    }

    public List<Section> all() {
        return List.of(strategies(), runTable(), time(" for all strategies together"));
    }

    /** Of the committee alone: every run's metrics, and their mean. */
    public static List<Section> crossValidation(Task task, List<MeasuredRun> runs) {
        ComparisonSections sections = new ComparisonSections(task, runs);
        return List.of(sections.runMetrics(), sections.strategies(), sections.time(""));
    }

    private Section runMetrics() {
        List<Measure> metrics = Measure.compared(task);
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("name", "run"),
                Column.of("trainRows", "train rows"),
                Column.of("testRows", "test rows"),
                Column.of("seconds", "seconds")));
        metrics.forEach(metric -> columns.add(new Column(metric.key(), metric.label(), Best.of(metric))));
        List<List<Cell>> rows = new ArrayList<>();
        for (MeasuredRun run : runs) {
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.of(run.name()), Cell.of(run.trainRows()), Cell.of(run.testRows()), Cell.of(run.seconds())));
            StrategyOutcome outcome = run.outcomes().get(0);
            metrics.forEach(metric -> row.add(Cell.of(
                    metric,
                    Stream.ofNullable(outcome.metrics().get(metric.key())).toList())));
            rows.add(row);
        }
        return new Section.Table("runs", "Runs; * marks the best", columns, rows);
    }

    /** Where every way saw all rows, text has no word of rows. */
    private Section strategies() {
        List<Measure> metrics = Measure.compared(task);
        List<Column> columns = new ArrayList<>(List.of(Column.of("strategy", "strategy")));
        if (runs.size() == 1) {
            columns.add(Column.of("detail", "of"));
        }
        columns.add(Column.of("rows", ""));
        columns.add(Column.of("testRows", ""));
        List<WayOverRuns> ways = WayOverRuns.of(runs);
        boolean compared = ways.size() > 1;
        metrics.forEach(metric ->
                columns.add(new Column(metric.key(), metric.label(), compared ? Best.of(metric) : Best.NONE)));
        String title = "Test metrics"
                + (runs.size() > 1
                        ? ", mean ± standard deviation over " + Figures.count(runs.size(), "run")
                        : " of one run")
                + (compared ? "; * marks the best" : "")
                + (!compared || ways.stream().allMatch(WayOverRuns::isOnAllRows) ? "" : " of those on all rows");
        return new Section.Table(
                "strategies",
                title,
                columns,
                ways.stream().map(way -> row(way, metrics)).toList());
    }

    private List<Cell> row(WayOverRuns way, List<Measure> metrics) {
        List<Cell> row = new ArrayList<>(List.of(new Cell.Noted(way.name(), way.note())));
        if (runs.size() == 1) {
            row.add(Cell.of(way.outcomes().get(0).detail()));
        }
        row.add(Cell.of(way.reach().rows()));
        row.add(Cell.of(way.reach().all()));
        for (Measure metric : metrics) {
            Cell cell = Cell.of(metric, way.spread(metric.key()).values());
            row.add(way.isOnAllRows() ? cell : cell.apart());
        }
        return row;
    }

    private Section runTable() {
        List<List<Cell>> rows = runs.stream()
                .map(run -> List.of(
                        Cell.of(run.name()),
                        Cell.of(run.seed()),
                        Cell.of(run.trainRows()),
                        Cell.of(run.testRows()),
                        Cell.of(run.seconds())))
                .toList();
        return new Section.Table(
                "runs",
                "Runs",
                List.of(
                        Column.of("name", "run"),
                        Column.of("seed", "seed"),
                        Column.of("trainRows", "train rows"),
                        Column.of("testRows", "test rows"),
                        Column.of("seconds", "seconds")),
                rows);
    }

    private Section time(String what) {
        double seconds = runs.stream().mapToDouble(MeasuredRun::seconds).sum();
        Section facts = new Section.Facts(
                "",
                "",
                List.of(
                        new Fact("seconds", "seconds", Cell.of(seconds)),
                        new Fact("secondsPerRun", "seconds a run", Cell.of(seconds / runs.size()))));
        String line = Figures.count(runs.size(), "run") + " in " + Figures.duration(seconds) + ", "
                + Figures.duration(seconds / runs.size()) + " each" + what;
        return new Section.Said("", List.of(line), facts);
    }
}
