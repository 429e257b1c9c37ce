package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.ensemble.FitHistory.LossCurve;
import org.metafusion.ensemble.FitHistory.Phase;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.FitResult.StudentRow;
import org.metafusion.ensemble.committee.CommitteeGrowth.Step;
import org.metafusion.ensemble.fit.RhoTrial;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Series;
import org.metafusion.report.chart.Palette;
import org.metafusion.report.words.Figures;

/** How a cohort learned: losses by epoch, the rhos that were tried, and how the committee grew. */
final class TrainingCharts {

    private static final int FOLLOWED = Palette.COLOURS - 2;

    private final FitResult result;
    private final StudentNames names;
    private final String loss;

    TrainingCharts(FitResult result) {
        this.result = result;
        this.names = new StudentNames(result);
        this.loss = "validation " + FitReport.lossName(result.task());
    }

    List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>();
        List<Phase> phases = result.history().phases();
        for (int p = 0; p < phases.size(); p++) {
            all.add(curves(p + 1, phases.get(p)));
        }
        if (result.rhoTrials().size() > 1) {
            all.add(rhos());
        }
        if (result.committee().members().length > 1) {
            all.add(growth());
        }
        return all;
    }

    private Exhibit curves(int number, Phase phase) {
        Map<Integer, LossCurve> byStudent = new HashMap<>();
        phase.curves().forEach(curve -> byStudent.put(curve.student(), curve));
        List<Series> series = new ArrayList<>();
        for (int student : followed()) {
            LossCurve curve = byStudent.get(student);
            if (curve != null) {
                series.add(Series.main(names.of(student), points(curve.lossByEpoch())));
            }
        }
        double[] median = quantile(phase, 0.5);
        series.add(Series.reference("median of the cohort", points(median)));
        double[] losses = series.stream()
                .flatMap(s -> s.points().stream())
                .mapToDouble(Point::y)
                .toArray();
        return new Exhibit(
                "phase" + number,
                phase.rho() == 0
                        ? "Loss curves of phase " + number + ": every student alone"
                        : "Loss curves of phase " + number + ": mutual learning with rho "
                                + Figures.shortest(phase.rho()),
                "The heaviest members of the committee against the median of all "
                        + Figures.count(phase.curves().size(), "student") + ", which goes from "
                        + Figures.significant(median[0]) + " to "
                        + Figures.significant(Arrays.stream(median).min().orElse(Double.NaN))
                        + " at its lowest. Each student keeps the weights of its best epoch.",
                new Lines(Axis.count("epoch"), Axis.fitting(loss, losses), false, series));
    }

    private int[] followed() {
        return result.students().stream()
                .filter(row -> row.weight() > 0)
                .sorted(Comparator.comparingDouble(StudentRow::weight).reversed())
                .limit(FOLLOWED)
                .mapToInt(StudentRow::student)
                .toArray();
    }

    private static List<Point> points(double[] byEpoch) {
        return IntStream.range(0, byEpoch.length)
                .mapToObj(e -> new Point(e + 1, byEpoch[e]))
                .toList();
    }

    /** By epoch, over the students still training; one that stopped counts with its last loss. */
    private static double[] quantile(Phase phase, double share) {
        int epochs = phase.curves().stream()
                .mapToInt(curve -> curve.lossByEpoch().length)
                .max()
                .orElse(0);
        double[] quantile = new double[epochs];
        for (int e = 0; e < epochs; e++) {
            int epoch = e;
            double[] sorted = phase.curves().stream()
                    .filter(curve -> curve.lossByEpoch().length > 0)
                    .mapToDouble(curve -> curve.lossByEpoch()[Math.min(epoch, curve.lossByEpoch().length - 1)])
                    .filter(Double::isFinite)
                    .sorted()
                    .toArray();
            quantile[e] = sorted.length == 0 ? Double.NaN : sorted[(int) (share * (sorted.length - 1))];
        }
        return quantile;
    }

    private Exhibit rhos() {
        List<Point> points = result.rhoTrials().stream()
                .sorted(Comparator.comparingDouble(RhoTrial::rho))
                .map(trial -> new Point(trial.rho(), trial.loss()))
                .toList();
        String judged = result.rhoTrials().get(0).judge().words();
        double least = points.stream()
                .min(Comparator.comparingDouble(Point::y))
                .orElseThrow()
                .x();
        String chosen = result.rho() == least
                ? "It is lowest at rho " + Figures.shortest(least) + ", which was chosen."
                : "It is lowest at rho " + Figures.shortest(least)
                        + ", but the committee of all students was not better" + " for it, so rho "
                        + Figures.shortest(result.rho()) + " was chosen.";
        return new Exhibit(
                "rho",
                "How much students learn from each other",
                "The " + judged + " by rho, the weight of the divergence. " + chosen,
                new Lines(Axis.close("rho"), Axis.close(judged), false, List.of(Series.main("tried", points))));
    }

    private Exhibit growth() {
        List<Step> steps = result.history().growth().steps();
        List<Point> points = IntStream.range(0, steps.size())
                .mapToObj(m -> new Point(m + 1, steps.get(m).loss()))
                .toList();
        double best = result.history().growth().bestAlone();
        List<Series> series = List.of(
                Series.main("committee", points),
                Series.reference("best single student", List.of(new Point(1, best), new Point(points.size(), best))));
        return new Exhibit(
                "growth",
                "Growth of the committee",
                "The loss of the committee's first member, its first two, and so on: from "
                        + Figures.significant(points.get(0).y()) + " of "
                        + names.of(steps.get(0).student())
                        + " to "
                        + Figures.significant(points.get(points.size() - 1).y()) + " of all "
                        + points.size() + ". The student that is best alone has " + Figures.significant(best)
                        + " on the same rows.",
                new Lines(Axis.count("members"), Axis.close(loss), false, series));
    }
}
