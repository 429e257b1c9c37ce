package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.metric.ClassificationMetrics;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.metric.Reliability;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.ensemble.model.Prediction;
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
import org.metafusion.report.words.Measure;
import org.metafusion.report.words.Trust;

/** The report of how good a model is on labelled rows: as a whole, by the modalities that are there, and by class. */
public final class EvaluationReport {

    private static final int MOST_CLASSES = 30;

    private final MultimodalDataset rows;
    private final List<Prediction> predictions;
    private final String part;
    private final AnsweredRows answered;
    private final LeadMetric metric;

    private EvaluationReport(MultimodalDataset rows, List<Prediction> predictions, String part) {
        this.rows = rows;
        this.predictions = List.copyOf(predictions);
        this.part = part;
        this.answered = answered(IntStream.range(0, rows.rows()).toArray());
        this.metric = LeadMetric.of(rows.task());
    }

    /**
     * Of what a model says about rows.
     *
     * @param predictions one a row
     * @param part what the rows are: {@code test}, {@code train} or {@code all}
     */
    public static Report of(MultimodalDataset rows, List<Prediction> predictions, String part, Provenance model) {
        EvaluationReport report = new EvaluationReport(rows, predictions, part);
        MeasuredRows measured = MeasuredRows.of(rows, part);
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("answers", "How it answers", new AnswerCharts(report.answered, report.where()).all()));
        parts.add(new Part("groups", "Where it is good", report.groups(), List.of(report.metrics())));
        return new Report(
                rows.name(),
                "Evaluation",
                report.tiles(),
                report.sentences(),
                measured.cautions(),
                parts,
                measured.beside(model));
    }

    private String where() {
        return part.equals("all") ? "rows" : part + " rows";
    }

    private AnsweredRows answered(int[] places) {
        double[] answers = IntStream.of(places)
                .mapToObj(predictions::get)
                .flatMapToDouble(p -> Arrays.stream(p.values()))
                .toArray();
        return new AnsweredRows(rows.targets().select(places), answers);
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(
                Words.capital(metric.label()),
                Figures.said(metric, metric.in(answered.metrics())),
                Figures.count(rows.rows(), where().substring(0, where().length() - 1))));
        for (Measure measure : Measure.brief(rows.task())) {
            if (!measure.key().equals(metric.key())) {
                tiles.add(new Tile(
                        Words.capital(measure.label()),
                        shown(measure),
                        (measure.isMoreBetter() ? "higher" : "lower") + " is better"));
            }
        }
        tiles.add(new Tile(
                "Sets of modalities",
                String.valueOf(byModalities().size()),
                "each answered by a committee of what is there"));
        return tiles;
    }

    private String shown(Measure measure) {
        return measure.style().show(answered.metrics().getOrDefault(measure.key(), Double.NaN));
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add("Result: on " + Figures.count(rows.rows(), "row") + " the model has " + metric.label() + " "
                + Figures.said(metric, metric.in(answered.metrics())) + ".");
        if (rows.targets() instanceof Targets.Labels labels) {
            sentences.add("Calibration: "
                    + Trust.in(Reliability.of(
                            answered.answers(), labels.labels(), labels.task().outputs()))
                    + ".");
        }
        List<Bar> sets = sets();
        if (sets.size() > 1) {
            Bar best = sets.get(0);
            Bar worst = sets.get(sets.size() - 1);
            sentences.add("Missing: rows differ in the modalities they have; from " + best.name() + " it has "
                    + said(best) + ", from " + worst.name() + " " + said(worst) + ".");
        }
        return sentences;
    }

    private String said(Bar bar) {
        return metric.label() + " " + Figures.said(metric, bar.value() / Words.unit(metric)) + " (" + bar.note() + ")";
    }

    private List<Exhibit> groups() {
        List<Exhibit> groups = new ArrayList<>();
        List<Bar> sets = sets();
        if (sets.size() > 1) {
            groups.add(new Exhibit(
                    "by-modalities",
                    "By the modalities that are there",
                    "Rows by what they have; nothing is filled in. Few rows say little.",
                    new Bars("modalities there", Words.axis(metric), sets)));
        }
        if (rows.targets() instanceof Targets.Labels labels) {
            groups.add(byClass(labels));
        }
        return groups;
    }

    /** The best first. */
    private List<Bar> sets() {
        Map<List<String>, List<Integer>> sets = byModalities();
        int most = sets.keySet().stream().mapToInt(List::size).max().orElse(0);
        return sets.entrySet().stream()
                .map(set -> {
                    int[] places =
                            set.getValue().stream().mapToInt(Integer::intValue).toArray();
                    int members = predictions.get(places[0]).committee().members().length;
                    return new Bar(
                            String.join(" + ", set.getKey()),
                            Words.unit(metric) * metric.in(answered(places).metrics()),
                            Double.NaN,
                            set.getKey().size() == most,
                            Figures.count(places.length, "row") + ", " + Figures.count(members, "student"));
                })
                .sorted(Comparator.comparingDouble(Bar::value).reversed())
                .toList();
    }

    private Map<List<String>, List<Integer>> byModalities() {
        return IntStream.range(0, predictions.size())
                .boxed()
                .collect(Collectors.groupingBy(
                        row -> predictions.get(row).modalities(), LinkedHashMap::new, Collectors.toList()));
    }

    private Exhibit byClass(Targets.Labels labels) {
        Task.Classification task = labels.task();
        int[][] counts = ClassificationMetrics.of(answered.answers(), labels.labels(), task.outputs())
                .confusion()
                .counts();
        int[] present = IntStream.range(0, task.outputs())
                .filter(c -> Arrays.stream(counts[c]).sum() > 0)
                .toArray();
        List<Bar> bars = IntStream.of(present)
                .mapToObj(c -> {
                    int actual = Arrays.stream(counts[c]).sum();
                    return new Bar(
                            task.classes().get(c),
                            100.0 * counts[c][c] / actual,
                            Double.NaN,
                            false,
                            counts[c][c] + " of " + Figures.count(actual, "row"));
                })
                .sorted(Comparator.comparingDouble(Bar::value))
                .limit(MOST_CLASSES)
                .toList();
        return new Exhibit(
                "by-class",
                "By class",
                "How many rows of each class are recognised, the hardest class first"
                        + (present.length > MOST_CLASSES ? "; the easiest are left out." : "."),
                new Bars("class", Axis.fromZero("recognised, %").ofPercent(), bars));
    }

    private NamedTable metrics() {
        List<List<String>> lines = answered.metrics().keySet().stream()
                .flatMap(key -> Measure.named(key).stream())
                .map(measure -> List.of(measure.label(), shown(measure)))
                .toList();
        return new NamedTable("All metrics", new DataTable(List.of("metric", "value"), lines));
    }
}
