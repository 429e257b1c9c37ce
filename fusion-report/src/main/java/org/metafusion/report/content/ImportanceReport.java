package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.metafusion.ensemble.importance.ModalityImportance;
import org.metafusion.ensemble.importance.ModalityImportance.Line;
import org.metafusion.ensemble.importance.PermutationImportance.FeatureDrop;
import org.metafusion.ensemble.metric.LeadMetric;
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

/** The report of what each modality brings to a model. */
public final class ImportanceReport {

    private static final int MOST_GROUPS = 30;

    private final ModalityImportance importance;
    private final LeadMetric metric;
    private final double unit;

    private ImportanceReport(ModalityImportance importance) {
        this.importance = importance;
        this.metric = importance.metric();
        this.unit = Words.unit(metric);
    }

    /**
     * Of an importance.
     *
     * @param rows it was measured on
     * @param features drops of groups of features; empty where none were asked for
     * @param sentences what follows from it
     */
    public static Report of(
            MeasuredRows rows,
            ModalityImportance importance,
            List<FeatureDrop> features,
            List<String> sentences,
            Provenance model) {
        ImportanceReport report = new ImportanceReport(importance);
        List<Part> parts = new ArrayList<>(List.of(
                new Part("modalities", "Modalities", List.of(report.shapley(), report.drops(), report.sets()))));
        if (!features.isEmpty()) {
            parts.add(new Part(
                    "features", "Features", List.of(report.largest(features)), List.of(report.table(features))));
        }
        return new Report(
                rows.data(),
                "Importance of modalities",
                report.tiles(),
                sentences,
                rows.cautions(),
                parts,
                rows.beside(model));
    }

    private Line most() {
        return importance.modalities().stream()
                .max(Comparator.comparingDouble(Line::shapley))
                .orElseThrow();
    }

    private List<Tile> tiles() {
        return List.of(
                new Tile(
                        Words.capital(metric.label()) + " with all",
                        Figures.said(metric, importance.all()),
                        "best constant prediction: " + Figures.said(metric, importance.none())),
                new Tile("Worth most", most().name(), "Shapley value " + Figures.said(metric, most().shapley())));
    }

    private Exhibit shapley() {
        List<Bar> bars = importance.modalities().stream()
                .map(line -> Bar.of(line.name(), unit * line.shapley(), line == most()))
                .toList();
        return new Exhibit(
                "shapley",
                "Shapley values",
                "What each modality is worth to a model that may lack others; together they are the gain over a constant"
                        + " prediction, "
                        + Figures.said(metric, importance.all() - importance.none()) + ".",
                new Bars("modality", Words.in(metric, Axis.fromZero("Shapley value, " + Words.metric(metric))), bars));
    }

    private Exhibit drops() {
        List<Bar> bars = importance.modalities().stream()
                .map(line -> new Bar(line.name(), unit * line.drop(), unit * line.dropDeviation(), line == most(), ""))
                .toList();
        return new Exhibit(
                "drops",
                "Permutation drops",
                "How far the score falls when a modality's rows are shuffled and the others kept, with the standard"
                        + " deviation over permutations: how much predictions rest on it.",
                new Bars("modality", Words.in(metric, Axis.fromZero("drop, " + Words.metric(metric))), bars));
    }

    private Exhibit sets() {
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.of("all", unit * importance.all(), true));
        importance.modalities().forEach(line -> bars.add(Bar.of(line.name() + " alone", unit * line.alone(), false)));
        if (importance.modalities().size() > 2) {
            importance
                    .modalities()
                    .forEach(line -> bars.add(Bar.of("all but " + line.name(), unit * line.without(), false)));
        }
        bars.add(Bar.of("none", unit * importance.none(), false));
        return new Exhibit(
                "sets",
                "With and without",
                "The score when only some modalities are there, each time by the committee selected for them.",
                new Bars("modalities there", Words.axis(metric), bars));
    }

    private Exhibit largest(List<FeatureDrop> features) {
        List<Bar> bars = features.stream()
                .map(drop -> new Bar(
                        name(drop),
                        unit * drop.drop().mean(),
                        unit * drop.drop().deviation(),
                        false,
                        ""))
                .sorted(Comparator.comparingDouble(Bar::value).reversed())
                .limit(MOST_GROUPS)
                .toList();
        return new Exhibit(
                "features-drops",
                "Permutation drops by groups of features",
                "How far the score falls when the rows of these columns alone are shuffled, the largest drop first"
                        + (features.size() > MOST_GROUPS ? "; the smallest are in the table alone." : "."),
                new Bars("columns", Words.in(metric, Axis.fromZero("drop, " + Words.metric(metric))), bars));
    }

    private NamedTable table(List<FeatureDrop> features) {
        return new NamedTable(
                "All groups of features",
                new DataTable(
                        List.of("columns", "drop, " + Words.metric(metric), "standard deviation"),
                        features.stream()
                                .map(drop -> List.of(
                                        name(drop),
                                        Figures.significant(unit * drop.drop().mean()),
                                        Figures.significant(unit * drop.drop().deviation())))
                                .toList()));
    }

    private static String name(FeatureDrop drop) {
        int first = drop.from() + 1;
        return drop.modality() + (first == drop.to() ? " " + first : " " + first + " to " + drop.to());
    }
}
