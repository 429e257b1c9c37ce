package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Best;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.ensemble.strategy.StrategyOutcome;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Measure;

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

    private Section strategies() {
        List<Measure> metrics = Measure.compared(task);
        List<Column> columns = new ArrayList<>(List.of(Column.of("strategy", "strategy")));
        if (runs.size() == 1) {
            columns.add(Column.of("detail", "of"));
        }
        metrics.forEach(metric -> columns.add(new Column(metric.key(), metric.label(), Best.of(metric))));
        List<List<Cell>> rows = new ArrayList<>();
        byName().forEach((name, outcomes) -> rows.add(row(name, outcomes, metrics)));
        String title = "Test metrics"
                + (runs.size() > 1
                        ? ", mean ± standard deviation over " + Figures.count(runs.size(), "run")
                        : " of one run")
                + "; * marks the best";
        return new Section.Table("strategies", title, columns, rows);
    }

    /** In order of first appearance; that of the committee last. */
    private Map<String, List<StrategyOutcome>> byName() {
        Map<String, List<StrategyOutcome>> byName = new LinkedHashMap<>();
        runs.stream()
                .flatMap(run -> run.outcomes().stream())
                .forEach(outcome -> byName.computeIfAbsent(outcome.name(), name -> new ArrayList<>())
                        .add(outcome));
        List<StrategyOutcome> committee = byName.remove(Comparison.COMMITTEE);
        if (committee != null) {
            byName.put(Comparison.COMMITTEE, committee);
        }
        return byName;
    }

    private List<Cell> row(String name, List<StrategyOutcome> outcomes, List<Measure> metrics) {
        long measured = outcomes.stream().filter(o -> !o.metrics().isEmpty()).count();
        List<Cell> row = new ArrayList<>();
        row.add(Cell.of(name + (measured < runs.size() ? " (" + measured + " of " + runs.size() + " runs)" : "")));
        if (runs.size() == 1) {
            row.add(Cell.of(outcomes.get(0).detail()));
        }
        for (Measure metric : metrics) {
            row.add(Cell.of(
                    metric,
                    outcomes.stream()
                            .flatMap(outcome ->
                                    Stream.ofNullable(outcome.metrics().get(metric.key())))
                            .toList()));
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
