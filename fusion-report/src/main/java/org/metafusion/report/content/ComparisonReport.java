package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.report.Exhibit;
import org.metafusion.report.Part;
import org.metafusion.report.Part.NamedTable;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.Tile;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.chart.DataTable;
import org.metafusion.report.words.Figures;
import org.metafusion.report.words.Spread;
import org.metafusion.report.words.WayOverRuns;

/** The report of a comparison or cross-validation: test metrics over runs, with error bars. */
public final class ComparisonReport {

    private final List<MeasuredRun> runs;
    private final LeadMetric metric;
    private final boolean isClassification;
    private final List<WayOverRuns> ways;

    private ComparisonReport(Task task, List<MeasuredRun> runs) {
        this.runs = List.copyOf(runs);
        this.metric = LeadMetric.of(task);
        this.isClassification = task instanceof Task.Classification;
        this.ways =
                WayOverRuns.of(runs).stream().filter(WayOverRuns::isMeasured).toList();
    }

    /** Of ways to fuse side by side. */
    public static Report comparison(String data, Task task, List<MeasuredRun> runs, Provenance provenance) {
        ComparisonReport report = new ComparisonReport(task, runs);
        List<Exhibit> ways = List.of(
                report.ways("ways", report.metric.key(), Words.axis(report.metric), Words.unit(report.metric)),
                report.ways("losses", report.second(), Axis.close(report.secondTitle()), 1));
        return report.of(data, "Comparison", new Part("ways", "Ways to fuse", ways), provenance);
    }

    /** Of the committee alone, fold by fold. */
    public static Report crossValidation(String data, Task task, List<MeasuredRun> runs, Provenance provenance) {
        ComparisonReport report = new ComparisonReport(task, runs);
        return report.of(data, "Cross-validation", new Part("folds", "Folds", List.of(report.folds())), provenance);
    }

    private Report of(String data, String kind, Part first, Provenance provenance) {
        List<AnsweredRows> answered = committee().outcomes().stream()
                .flatMap(outcome -> outcome.answers().stream())
                .toList();
        List<Part> parts = new ArrayList<>(List.of(first));
        if (!answered.isEmpty()) {
            parts.add(new Part(
                    "answers",
                    "How the committee answers",
                    AnswerCharts.ofRuns(answered).all()));
        }
        parts.add(new Part("runs", "Runs", List.of(), List.of(new NamedTable("Every run", runTable()))));
        double seconds = runs.stream().mapToDouble(MeasuredRun::seconds).sum();
        return new Report(
                data,
                kind,
                tiles(),
                sentences(),
                List.of(),
                parts,
                provenance.with("runs", String.valueOf(runs.size())).with("seconds", Figures.significant(seconds)));
    }

    private WayOverRuns committee() {
        return ways.get(ways.size() - 1);
    }

    private String second() {
        return isClassification ? "logLoss" : "rmse";
    }

    private String secondTitle() {
        return isClassification ? "log loss" : "RMSE";
    }

    private List<Tile> tiles() {
        Spread lead = committee().spread(metric.key());
        Spread second = committee().spread(second());
        List<Tile> tiles = new ArrayList<>(List.of(
                new Tile("Committee, " + metric.label(), said(lead), over()),
                new Tile("Committee, " + secondTitle(), second.text(Figures.Style.PLAIN), "lower is better")));
        best().ifPresent(best ->
                tiles.add(new Tile("Best other way, with hindsight", said(best.spread(metric.key())), best.name())));
        int least = runs.stream().mapToInt(MeasuredRun::testRows).min().orElse(0);
        int most = runs.stream().mapToInt(MeasuredRun::testRows).max().orElse(0);
        tiles.add(new Tile(
                "Test rows a run",
                least == most ? String.valueOf(least) : least + " to " + most,
                Figures.count(runs.size(), "run") + ", "
                        + Figures.duration(
                                runs.stream().mapToDouble(MeasuredRun::seconds).sum())));
        return tiles;
    }

    private String over() {
        return runs.size() == 1 ? "one run" : "mean ± standard deviation over " + runs.size() + " runs";
    }

    private String said(Spread spread) {
        return metric == LeadMetric.ACCURACY
                ? spread.text(Figures.Style.PERCENT) + " %"
                : spread.text(Figures.Style.PLAIN);
    }

    /** Of the ways that are no committee of the same cohort and were measured on all rows, as the committee is. */
    private Optional<WayOverRuns> best() {
        return ways.stream()
                .filter(way -> !isCommittee(way.name()) && way.isOnAllRows())
                .max(Comparator.comparingDouble(way -> way.spread(metric.key()).mean()));
    }

    private static boolean isCommittee(String name) {
        return name.equals(Comparison.COMMITTEE)
                || name.equals(Comparison.INDEPENDENT)
                || name.equals(Comparison.ALL_PAIRS)
                || name.startsWith("adaptive, ");
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        Spread own = committee().spread(metric.key());
        String text = "Result: the committee has " + metric.label() + " " + said(own) + " (" + over() + ")";
        sentences.add(text
                + best().map(best -> {
                            Spread other = best.spread(metric.key());
                            return "; the best of the other ways, " + best.name() + ", has " + said(other)
                                    + ", chosen with hindsight";
                        })
                        .orElse("")
                + ".");
        if (runs.size() > 1 && best().isPresent()) {
            sentences.add(paired(best().get()));
        }
        long fewer = ways.stream().filter(way -> !way.isOnAllRows()).count();
        if (fewer > 0) {
            sentences.add("Rows: " + fewer + " of " + Figures.count(ways.size(), "way")
                    + " to fuse were measured on fewer rows, those that have what they need; these may be easier,"
                    + " so they are not ranked.");
        }
        return sentences;
    }

    private String paired(WayOverRuns best) {
        int wins = 0;
        int compared = 0;
        for (MeasuredRun run : runs) {
            Optional<Double> own = score(run, Comparison.COMMITTEE);
            Optional<Double> other = score(run, best.name());
            if (own.isPresent() && other.isPresent()) {
                compared++;
                wins += own.get() > other.get() ? 1 : 0;
            }
        }
        return "Run by run: the committee is better than " + best.name() + " in " + wins + " of " + compared + " runs.";
    }

    private Optional<Double> score(MeasuredRun run, String name) {
        return run.outcomes().stream()
                .filter(o -> o.name().equals(name) && o.metrics().containsKey(metric.key()))
                .map(o -> metric.in(o.metrics()))
                .findFirst();
    }

    private Exhibit ways(String id, String key, Axis axis, double unit) {
        boolean higher = key.equals(metric.key());
        Comparator<Bar> order = Comparator.comparingDouble(Bar::value);
        Comparator<Bar> bestFirst = higher ? order.reversed() : order;
        List<Bar> bars =
                ways.stream().map(way -> bar(way, key, unit)).sorted(bestFirst).toList();
        List<Bar> ranked = ways.stream()
                .filter(WayOverRuns::isOnAllRows)
                .map(way -> bar(way, key, unit))
                .sorted(bestFirst)
                .toList();
        return new Exhibit(
                "by-" + id,
                Words.capital(axis.title()),
                (higher ? "Higher" : "Lower") + " is better; "
                        + (ranked.size() < bars.size() ? "of those on all rows " : "")
                        + "the committee is " + Words.place(ranked)
                        + (runs.size() > 1
                                ? ". Bars are one standard deviation over " + runs.size()
                                        + " runs to either side; where they overlap widely, the difference may be chance."
                                : ". One run says nothing about chance; ask for more with --seeds."),
                new Bars("way to fuse", axis, bars));
    }

    private static Bar bar(WayOverRuns way, String key, double unit) {
        Spread spread = way.spread(key);
        return new Bar(
                way.name(),
                unit * spread.mean(),
                unit * spread.deviation(),
                way.name().equals(Comparison.COMMITTEE),
                way.note());
    }

    private Exhibit folds() {
        double unit = Words.unit(metric);
        Spread all = committee().spread(metric.key());
        List<Bar> bars = new ArrayList<>();
        for (MeasuredRun run : runs) {
            score(run, Comparison.COMMITTEE)
                    .ifPresent(score -> bars.add(new Bar(
                            run.name(), unit * score, Double.NaN, false, Figures.count(run.testRows(), "test row"))));
        }
        bars.add(new Bar("mean", unit * all.mean(), unit * all.deviation(), true, "with standard deviation"));
        return new Exhibit(
                "by-fold",
                Words.capital(Words.metric(metric)) + " by fold",
                "Each fold is predicted by a model that never saw it; folds that stand apart tell of rows unlike the"
                        + " others. The mean is "
                        + said(all) + ".",
                new Bars("fold", Words.axis(metric), bars));
    }

    private DataTable runTable() {
        List<List<String>> rows = runs.stream()
                .map(run -> List.of(
                        run.name(),
                        String.valueOf(run.seed()),
                        String.valueOf(run.trainRows()),
                        String.valueOf(run.testRows()),
                        score(run, Comparison.COMMITTEE)
                                .map(score -> Figures.said(metric, score))
                                .orElse("-"),
                        Figures.significant(run.seconds())))
                .toList();
        return new DataTable(
                List.of("run", "seed", "train rows", "test rows", "committee's " + metric.label(), "seconds"), rows);
    }
}
