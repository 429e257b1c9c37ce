package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.metric.Reliability;
import org.metafusion.ensemble.model.Outputs;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.report.content.MeasuredRows;
import org.metafusion.report.words.Measure;

/** How good a model is on labelled rows, and by which modalities the rows have. */
public final class EvaluationSections {

    private final MultimodalDataset rows;
    private final List<Prediction> predictions;
    private final String part;

    /**
     * @param predictions of the rows
     * @param part what the rows are, such as {@code test}
     */
    public EvaluationSections(MultimodalDataset rows, List<Prediction> predictions, String part) {
        this.rows = rows;
        this.predictions = predictions;
        this.part = part;
    }

    public List<Section> all() {
        List<Section> sections = new ArrayList<>();
        sections.add(new Section.Facts("", "Rows", RowFacts.of(MeasuredRows.of(rows, part))));
        sections.add(metrics());
        sections.add(modalities(byModalities(predictions)));
        if (rows.targets() instanceof Targets.Labels labels) {
            sections.add(ReliabilitySection.of(Reliability.of(
                    flat(predictions.stream()), labels.labels(), labels.task().outputs())));
        }
        return sections;
    }

    private Section metrics() {
        List<Fact> facts = new ArrayList<>();
        metrics(flat(predictions.stream()), rows.targets())
                .forEach((key, value) -> Measure.named(key)
                        .ifPresent(metric -> facts.add(new Fact(key, metric.label(), Cell.of(metric, value)))));
        return new Section.Facts("metrics", "Metrics", facts);
    }

    private Section modalities(Map<List<String>, List<Integer>> groups) {
        List<Measure> metrics = Measure.brief(rows.task());
        List<Column> columns = new ArrayList<>(List.of(
                Column.of("modalities", "modalities there"),
                Column.of("rows", "rows"),
                Column.of("students", "students asked")));
        metrics.forEach(metric -> columns.add(Column.of(metric.key(), metric.label())));
        List<List<Cell>> table = new ArrayList<>();
        groups.forEach((modalities, places) -> {
            int[] selected = places.stream().mapToInt(Integer::intValue).toArray();
            Map<String, Double> values = metrics(
                    flat(IntStream.of(selected).mapToObj(predictions::get)),
                    rows.targets().select(selected));
            List<Cell> row = new ArrayList<>(List.of(
                    new Cell.Words(modalities, "+"),
                    Cell.of(selected.length),
                    Cell.of(predictions.get(selected[0]).committee().members().length)));
            metrics.forEach(metric -> row.add(Cell.of(metric, values.getOrDefault(metric.key(), Double.NaN))));
            table.add(row);
        });
        return new Section.Table("availability", "By the modalities that are there", columns, table);
    }

    /** What compares how values vary is not defined for a single row. */
    private static Map<String, Double> metrics(double[] readable, Targets targets) {
        Map<String, Double> values = new LinkedHashMap<>(Outputs.metrics(readable, targets));
        if (targets.rows() == 1) {
            List.of(Measure.R2, Measure.PEARSON).forEach(of -> values.replace(of.key(), Double.NaN));
        }
        return values;
    }

    /** Places of predictions by the modalities they were made from. */
    static Map<List<String>, List<Integer>> byModalities(List<Prediction> predictions) {
        Map<List<String>, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < predictions.size(); i++) {
            groups.computeIfAbsent(predictions.get(i).modalities(), names -> new ArrayList<>())
                    .add(i);
        }
        return groups;
    }

    private static double[] flat(Stream<Prediction> predictions) {
        return predictions
                .flatMapToDouble(p -> java.util.Arrays.stream(p.values()))
                .toArray();
    }
}
