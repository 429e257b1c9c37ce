package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.robustness.Disturbance;
import org.metafusion.ensemble.robustness.RobustnessCurve;
import org.metafusion.ensemble.robustness.RobustnessCurve.Point;
import org.metafusion.report.content.MeasuredRows;
import org.metafusion.report.words.Figures;

/** How a model's score falls under disturbances: a table of curves for each, the scores, and sentences. */
public final class RobustnessSections {

    private final LeadMetric metric;
    private final List<Disturbance> disturbances;
    private final List<RobustnessCurve> curves;

    /** @param disturbances those of the curves, in the order they are shown */
    public RobustnessSections(LeadMetric metric, List<Disturbance> disturbances, List<RobustnessCurve> curves) {
        this.metric = metric;
        this.disturbances = List.copyOf(disturbances);
        this.curves = List.copyOf(curves);
    }

    /** What was measured. */
    public Section head(MeasuredRows rows, int repeats, long seed) {
        List<Fact> facts = new ArrayList<>(RowFacts.of(rows));
        facts.add(new Fact("repeats", "repeats", Cell.of(repeats)));
        facts.add(new Fact("seed", "seed", Cell.of(seed)));
        facts.add(new Fact("metric", "score", Cell.of(metric.key())));
        return new Section.Facts("", "Rows", facts);
    }

    public List<Section> all() {
        List<Section> sections = new ArrayList<>();
        disturbances.forEach(disturbance -> sections.add(table(disturbance)));
        sections.add(scores());
        sections.add(words());
        return sections;
    }

    /** The curves of one disturbance side by side. */
    private Section table(Disturbance disturbance) {
        List<RobustnessCurve> of = of(disturbance);
        Figures.Style style = ImportanceSections.style(metric);
        List<Column> columns = new ArrayList<>(List.of(Column.of("level", "level")));
        of.forEach(curve -> columns.add(Column.of("in:" + curve.modality(), curve.modality())));
        columns.add(Column.of("late:all", "late fusion, all"));
        List<List<Cell>> rows = new ArrayList<>();
        List<Point> all = of.get(of.size() - 1).points();
        for (int i = 0; i < all.size(); i++) {
            int level = i;
            List<Cell> row = new ArrayList<>(List.of(Cell.shortest(all.get(i).level())));
            of.forEach(
                    curve -> row.add(new Cell.Number(curve.points().get(level).score(), style)));
            row.add(new Cell.Number(all.get(i).late(), style));
            rows.add(row);
        }
        String unit = metric == LeadMetric.ACCURACY ? " %" : "";
        return new Section.Table(
                disturbance.name(),
                metric.label() + unit + " under " + disturbance.name() + ", by the modality; level: "
                        + disturbance.levelMeans(),
                columns,
                rows);
    }

    private List<RobustnessCurve> of(Disturbance disturbance) {
        return curves.stream()
                .filter(curve -> curve.disturbance().equals(disturbance.name()))
                .toList();
    }

    private Section scores() {
        Figures.Style style = ImportanceSections.style(metric);
        return new Section.Table(
                "scores",
                "Robustness: mean " + metric.label() + " over the levels (relative), mean lead over late fusion"
                        + " (effective)",
                List.of(
                        Column.of("disturbance", "disturbance"),
                        Column.of("modality", "in"),
                        Column.of("relative", "relative"),
                        Column.of("effective", "effective"),
                        Column.of("fall", "fall at the end")),
                curves.stream()
                        .map(curve -> List.of(
                                Cell.of(curve.disturbance()),
                                Cell.of(curve.modality()),
                                new Cell.Number(curve.relative(), style),
                                new Cell.Number(curve.effective(), style),
                                (Cell) new Cell.Number(curve.fall(), style)))
                        .toList());
    }

    /** Every point, for files. */
    public Section.Table points() {
        List<List<Cell>> rows = new ArrayList<>();
        for (RobustnessCurve curve : curves) {
            for (Point point : curve.points()) {
                rows.add(List.of(
                        Cell.of(curve.disturbance()),
                        Cell.of(curve.modality()),
                        Cell.of(point.level()),
                        Cell.of(point.score()),
                        Cell.of(point.late())));
            }
        }
        return new Section.Table(
                "points",
                "",
                List.of(
                        Column.of("disturbance", "disturbance"),
                        Column.of("modality", "modality"),
                        Column.of("level", "level"),
                        Column.of(metric.key(), metric.label()),
                        Column.of("late", "late")),
                rows);
    }

    private Section words() {
        return new Section.Lines("conclusions", "", sentences());
    }

    /** What follows, a sentence a disturbance. */
    public List<String> sentences() {
        List<String> lines = new ArrayList<>();
        for (Disturbance disturbance : disturbances) {
            List<RobustnessCurve> of = of(disturbance);
            RobustnessCurve all = of.get(of.size() - 1);
            StringBuilder line = new StringBuilder("Under " + disturbance.name());
            if (of.size() > 1) {
                RobustnessCurve worst = of.subList(0, of.size() - 1).stream()
                        .max(Comparator.comparingDouble(RobustnessCurve::fall))
                        .orElseThrow();
                line.append(" '")
                        .append(worst.modality())
                        .append("' matters most: ")
                        .append(fall(worst));
                line.append("; with all modalities disturbed ").append(fall(all));
            } else {
                line.append(" ").append(fall(all));
            }
            lines.add(line + ", on average " + lead(all) + " late fusion.");
        }
        return lines;
    }

    private String fall(RobustnessCurve curve) {
        List<Point> points = curve.points();
        return metric.label() + " goes from "
                + ImportanceSections.said(metric, points.get(0).score()) + " to "
                + ImportanceSections.said(metric, points.get(points.size() - 1).score()) + " at level "
                + Figures.shortest(points.get(points.size() - 1).level());
    }

    private String lead(RobustnessCurve curve) {
        String amount = metric == LeadMetric.ACCURACY
                ? Figures.Style.PERCENT.show(Math.abs(curve.effective())) + " points"
                : Figures.significant(Math.abs(curve.effective()));
        return amount + (curve.effective() >= 0 ? " above" : " below");
    }
}
