package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.FitResult.StudentRow;
import org.metafusion.ensemble.signs.PairwiseDivergence;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Bars;
import org.metafusion.report.chart.Bars.Bar;
import org.metafusion.report.chart.Dots;
import org.metafusion.report.chart.Dots.Dot;
import org.metafusion.report.chart.HeatMap;
import org.metafusion.report.chart.HeatMap.Matrix;
import org.metafusion.report.words.Figures;

/** The students of a cohort: how good each is, how they cluster, and how far they are apart. */
final class StudentCharts {

    private static final int SHOWN = 25;

    private final FitResult result;
    private final StudentNames names;
    private final List<String> modalities;

    StudentCharts(FitResult result) {
        this.result = result;
        this.names = new StudentNames(result);
        this.modalities =
                result.model().modalities().stream().map(Modality::name).toList();
    }

    List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>();
        all.add(modalities.size() == 2 ? pairs() : leaderboard());
        all.add(clusters());
        PairwiseDivergence divergence = result.history().divergence();
        if (divergence.students().length > 1) {
            all.add(divergence(divergence));
        }
        return all;
    }

    /** Of two modalities: a student's loss by what it reads of each, of several the best. */
    private Exhibit pairs() {
        Map<List<String>, Double> losses = new HashMap<>();
        result.students().stream()
                .filter(row -> Double.isFinite(row.lossMutual()))
                .forEach(row -> losses.merge(List.of(label(row, 0), label(row, 1)), row.lossMutual(), Math::min));
        List<String> rows = ordered(0);
        List<String> columns = ordered(1);
        double[][] values = new double[rows.size()][columns.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int c = 0; c < columns.size(); c++) {
                values[r][c] = losses.getOrDefault(List.of(rows.get(r), columns.get(c)), Double.NaN);
            }
        }
        return new Exhibit(
                "leaderboard",
                "Leaderboard of students",
                "Each cell is the best student of a pair of representations; the darker, the lower its validation loss."
                        + " The best is " + best() + ".",
                new HeatMap(
                        "modality " + modalities.get(1),
                        "modality " + modalities.get(0),
                        "validation " + FitReport.lossName(result.task()),
                        false,
                        new Matrix(rows, columns, values)));
    }

    private static String label(StudentRow row, int modality) {
        Representation representation = row.spec().representations().get(modality);
        return representation.isPresent() ? representation.label() : "not used";
    }

    /** By the best student that uses them. */
    private List<String> ordered(int modality) {
        LinkedHashSet<String> labels = new LinkedHashSet<>();
        result.students().stream()
                .filter(row -> Double.isFinite(row.lossMutual()))
                .forEach(row -> labels.add(label(row, modality)));
        return List.copyOf(labels);
    }

    private String best() {
        StudentRow best = result.students().get(0);
        return names.of(best.student()) + " with " + Figures.significant(best.lossMutual());
    }

    private Exhibit leaderboard() {
        List<Bar> bars = result.students().stream()
                .limit(SHOWN)
                .map(row -> new Bar(
                        names.of(row.student()),
                        row.lossMutual(),
                        Double.NaN,
                        row.weight() > 0,
                        (row.weight() > 0 ? Words.percent(row.weight()) + " of the committee" : "")
                                + (row.isTopPerformer() ? " top performer" : "")))
                .toList();
        int all = result.students().size();
        return new Exhibit(
                "leaderboard",
                "Leaderboard of students",
                (all > SHOWN ? "The best " + SHOWN + " of " + all + " students" : "All " + all + " students")
                        + " by " + String.join("|", modalities)
                        + "; lower is better, members of the committee stand out. The best is " + best() + ".",
                new Bars("student", Axis.fromZero("validation " + FitReport.lossName(result.task())), bars));
    }

    private Exhibit clusters() {
        List<StudentRow> rows = result.students().stream()
                .filter(row -> Double.isFinite(row.lossAlone()))
                .sorted(Comparator.comparingDouble(StudentRow::lossAlone))
                .toList();
        List<Dot> dots = new ArrayList<>();
        for (StudentRow row : rows) {
            String group = row.isTopPerformer() ? "top performers" : "cluster " + (row.cluster() + 1);
            dots.add(new Dot(names.of(row.student()), row.lossAlone(), dots.size() + 1, group, 0));
        }
        Axis loss = Axis.fitting(
                "validation " + FitReport.lossName(result.task()) + " alone",
                rows.stream().mapToDouble(StudentRow::lossAlone).toArray());
        return new Exhibit(
                "clusters",
                "Clusters of validation losses",
                "Students by loss after learning alone. Top performers: "
                        + result.top().reason() + ".",
                new Dots("student", loss, Axis.count("place"), "cluster", "", false, dots));
    }

    private Exhibit divergence(PairwiseDivergence divergence) {
        List<String> labels =
                Arrays.stream(divergence.students()).mapToObj(names::of).toList();
        double[][] values =
                Arrays.stream(divergence.values()).map(double[]::clone).toArray(double[][]::new);
        double[] apart = new double[3]; // Least, most, sum.
        apart[0] = Double.POSITIVE_INFINITY;
        int pairs = 0;
        for (int i = 0; i < values.length; i++) {
            values[i][i] = Double.NaN; // Nobody is apart from itself.
            for (int j = 0; j < values.length; j++) {
                if (Double.isFinite(values[i][j])) {
                    apart[0] = Math.min(apart[0], values[i][j]);
                    apart[1] = Math.max(apart[1], values[i][j]);
                    apart[2] += values[i][j];
                    pairs++;
                }
            }
        }
        boolean classes = result.task() instanceof Task.Classification;
        return new Exhibit(
                "divergence",
                "Divergence between students",
                "How far the answers of " + labels.size()
                        + " of the best students are apart on validation rows, the darker the farther: "
                        + Figures.significant(apart[0]) + " to " + Figures.significant(apart[1]) + ", on average "
                        + Figures.significant(apart[2] / pairs)
                        + ". Students that differ and are good are what a committee gains from.",
                new HeatMap(
                        "from peer",
                        "student",
                        classes ? "KL divergence" : "mean squared difference",
                        true,
                        new Matrix(labels, labels, values)));
    }
}
