package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.robustness.RobustnessCurve;
import org.metafusion.ensemble.robustness.RobustnessCurve.Point;
import org.metafusion.report.Exhibit;
import org.metafusion.report.Part;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.Tile;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Series;
import org.metafusion.report.words.Figures;

/** The report of a stress test: how a model's score falls as its inputs are disturbed. */
public final class RobustnessReport {

    private final LeadMetric metric;
    private final List<RobustnessCurve> curves;

    private RobustnessReport(LeadMetric metric, List<RobustnessCurve> curves) {
        this.metric = metric;
        this.curves = List.copyOf(curves);
    }

    /**
     * Of curves.
     *
     * @param rows they were measured on
     * @param sentences what follows from them
     */
    public static Report of(
            MeasuredRows rows,
            LeadMetric metric,
            List<RobustnessCurve> curves,
            List<String> sentences,
            Provenance model) {
        RobustnessReport report = new RobustnessReport(metric, curves);
        List<Exhibit> exhibits = new ArrayList<>();
        report.disturbances().forEach(name -> exhibits.add(report.curvesOf(name)));
        return new Report(
                rows.data(),
                "Stress test",
                report.tiles(),
                sentences,
                rows.cautions(),
                List.of(
                        new Part("scores", "All disturbances", List.of(report.scores())),
                        new Part("curves", "Curves", exhibits)),
                rows.beside(model));
    }

    private List<String> disturbances() {
        return curves.stream().map(RobustnessCurve::disturbance).distinct().toList();
    }

    private List<RobustnessCurve> of(String disturbance) {
        return curves.stream()
                .filter(curve -> curve.disturbance().equals(disturbance))
                .toList();
    }

    private RobustnessCurve whole(String disturbance) {
        return of(disturbance).stream()
                .filter(RobustnessCurve::isOfAll)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "No curve of '" + disturbance + "' in all modalities at once was given"));
    }

    private List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        tiles.add(new Tile(
                "Undisturbed " + metric.label(),
                Figures.said(metric, curves.get(0).points().get(0).score()),
                "late fusion: "
                        + Figures.said(metric, curves.get(0).points().get(0).late())));
        Comparator<RobustnessCurve> order = Comparator.comparingDouble(RobustnessCurve::fall);
        List<RobustnessCurve> wholes = disturbances().stream().map(this::whole).toList();
        wholes.stream().max(order).ifPresent(curve -> tiles.add(tile("Hurt most by ", curve)));
        if (wholes.size() > 1) {
            wholes.stream().min(order).ifPresent(curve -> tiles.add(tile("Hurt least by ", curve)));
        }
        return tiles;
    }

    private Tile tile(String label, RobustnessCurve curve) {
        return new Tile(
                label + curve.disturbance(),
                Figures.said(metric, last(curve).score()),
                "at level " + Figures.shortest(last(curve).level()) + " in all modalities");
    }

    private static Point last(RobustnessCurve curve) {
        return curve.points().get(curve.points().size() - 1);
    }

    private Exhibit scores() {
        double unit = Words.unit(metric);
        List<Bar> bars = curves.stream()
                .map(curve -> new Bar(
                        curve.disturbance() + " in " + curve.modality(),
                        unit * curve.fall(),
                        Double.NaN,
                        curve.isOfAll(),
                        "mean score " + Figures.said(metric, curve.relative()) + ", lead over late fusion "
                                + Figures.said(metric, curve.effective())))
                .toList();
        String points = metric == LeadMetric.ACCURACY ? "fall of accuracy, points" : "fall of R2";
        return new Exhibit(
                "falls",
                "What hurts",
                "How far the score falls from no disturbance to the highest level; disturbances of all modalities stand"
                        + " out.",
                new Bars("disturbance", Axis.fromZero(points), bars));
    }

    private Exhibit curvesOf(String disturbance) {
        double unit = Words.unit(metric);
        List<Series> series = new ArrayList<>();
        for (RobustnessCurve curve : of(disturbance)) {
            series.add(Series.main(
                    curve.modality(),
                    curve.points().stream()
                            .map(p -> new Lines.Point(p.level(), unit * p.score()))
                            .toList()));
        }
        RobustnessCurve whole = whole(disturbance);
        series.add(Series.reference(
                Words.free("late fusion, all", series.stream().map(Series::name).toList()),
                whole.points().stream()
                        .map(p -> new Lines.Point(p.level(), unit * p.late()))
                        .toList()));
        return new Exhibit(
                "curve-" + disturbance,
                "Under " + disturbance,
                "By the modality that is disturbed. With all of them the score goes from "
                        + Figures.said(metric, whole.points().get(0).score()) + " to "
                        + Figures.said(metric, last(whole).score()) + "; late fusion ends at "
                        + Figures.said(metric, last(whole).late()) + ".",
                new Lines(Axis.close("level"), Words.axis(metric), false, series));
    }
}
