package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.ensemble.importance.ModalityImportance;
import org.metafusion.ensemble.importance.ModalityImportance.Line;
import org.metafusion.ensemble.importance.PermutationImportance.FeatureDrop;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.report.content.MeasuredRows;
import org.metafusion.report.words.Figures;

/** What each modality brings to a model. */
public final class ImportanceSections {

    private final MeasuredRows rows;
    private final ModalityImportance importance;
    private final List<FeatureDrop> features;

    /** @param features drops of groups of features; empty where none were asked for */
    public ImportanceSections(MeasuredRows rows, ModalityImportance importance, List<FeatureDrop> features) {
        this.rows = rows;
        this.importance = importance;
        this.features = List.copyOf(features);
    }

    public List<Section> all() {
        List<Section> sections = new ArrayList<>(List.of(
                new Section.Facts("", "Rows", RowFacts.of(rows)),
                modalities(),
                scores(),
                new Section.Lines("conclusions", "", sentences(importance))));
        if (!features.isEmpty()) {
            sections.add(features());
        }
        return sections;
    }

    private Section modalities() {
        Figures.Style style = style(importance.metric());
        List<List<Cell>> table = new ArrayList<>();
        for (Line line : importance.modalities()) {
            table.add(List.of(
                    Cell.of(line.name()),
                    new Cell.Number(line.alone(), style),
                    new Cell.Number(line.without(), style),
                    new Cell.Number(line.shapley(), style),
                    new Cell.Number(line.drop(), style),
                    new Cell.Number(line.dropDeviation(), style)));
        }
        return new Section.Table(
                "modalities",
                "Importance by " + importance.metric().label() + unit() + " on " + Figures.count(rows.rows(), "row"),
                List.of(
                        Column.of("name", "modality"),
                        Column.of("alone", "alone"),
                        Column.of("without", "all but it"),
                        Column.of("shapley", "Shapley value"),
                        Column.of("drop", "permutation drop"),
                        Column.of("dropDeviation", "its deviation")),
                table);
    }

    /** For machines; people have them in a sentence. */
    private Section scores() {
        Section facts = new Section.Facts(
                "",
                "",
                List.of(
                        new Section.Fact(
                                "metric", "metric", Cell.of(importance.metric().key())),
                        new Section.Fact("none", "none", Cell.of(importance.none())),
                        new Section.Fact("all", "all", Cell.of(importance.all()))));
        return new Section.Said("", List.of(), facts);
    }

    private String unit() {
        return importance.metric() == LeadMetric.ACCURACY ? " in %" : "";
    }

    /** What follows, in sentences. */
    public static List<String> sentences(ModalityImportance importance) {
        LeadMetric metric = importance.metric();
        Line most = importance.modalities().stream()
                .max(Comparator.comparingDouble(Line::shapley))
                .orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add("All modalities together have " + metric.label() + " " + said(metric, importance.all())
                + ", the best constant prediction " + said(metric, importance.none()) + "; of the difference '"
                + most.name() + "' earns the most, " + said(metric, most.shapley()) + ".");
        importance.modalities().stream()
                .filter(line -> line.without() > importance.all())
                .forEach(line -> lines.add("Without '" + line.name() + "' the model is better on these rows: "
                        + said(metric, line.without()) + "."));
        return lines;
    }

    private Section features() {
        Figures.Style style = style(importance.metric());
        return new Section.Table(
                "features",
                "Permutation drop of " + importance.metric().label() + unit() + " by groups of features",
                List.of(
                        Column.of("modality", "modality"),
                        Column.of("from", "from column"),
                        Column.of("to", "to column"),
                        Column.of("drop", "drop"),
                        Column.of("deviation", "its deviation")),
                features.stream()
                        .map(drop -> List.of(
                                Cell.of(drop.modality()),
                                Cell.of(drop.from() + 1),
                                Cell.of(drop.to()),
                                new Cell.Number(drop.drop().mean(), style),
                                (Cell) new Cell.Number(drop.drop().deviation(), style)))
                        .toList());
    }

    static Figures.Style style(LeadMetric metric) {
        return metric == LeadMetric.ACCURACY ? Figures.Style.PERCENT : Figures.Style.PLAIN;
    }

    static String said(LeadMetric metric, double value) {
        return style(metric).show(value) + (metric == LeadMetric.ACCURACY ? " %" : "");
    }
}
