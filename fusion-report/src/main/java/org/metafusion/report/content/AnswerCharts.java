package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.metric.ClassificationMetrics;
import org.metafusion.ensemble.metric.RegressionMetrics;
import org.metafusion.ensemble.metric.Reliability;
import org.metafusion.ensemble.metric.RocCurve;
import org.metafusion.ensemble.model.AnsweredRows;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Dots;
import org.metafusion.report.chart.Dots.Dot;
import org.metafusion.report.chart.HeatMap;
import org.metafusion.report.chart.HeatMap.Matrix;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Series;
import org.metafusion.report.chart.Palette;
import org.metafusion.report.words.Figures;

/** How rows were answered: confusion, ROC and reliability of classes, or predicted against true values. */
final class AnswerCharts {

    private static final int MOST_CLASSES = 30;
    private static final int MOST_TARGETS = 4;
    private static final int MOST_POINTS = 400;
    private static final int ROC_POINTS = 80;

    private final AnsweredRows rows;
    private final String where;
    private final String counted;

    /** @param where what the rows are, such as {@code test rows} */
    AnswerCharts(AnsweredRows rows, String where) {
        this(rows, where, "row");
    }

    private AnswerCharts(AnsweredRows rows, String where, String counted) {
        this.rows = rows;
        this.where = where;
        this.counted = counted;
    }

    /** Of several runs together: a row that is in many of them was answered as often, so that answers are counted. */
    static AnswerCharts ofRuns(List<AnsweredRows> runs) {
        AnsweredRows all = AnsweredRows.joined(runs);
        return runs.size() == 1
                ? new AnswerCharts(all, "test rows")
                : new AnswerCharts(all, "answers of all runs to test rows", "answer");
    }

    List<Exhibit> all() {
        if (rows.targets() instanceof Targets.Values values) {
            return IntStream.range(0, values.task().outputs())
                    .limit(MOST_TARGETS)
                    .mapToObj(output -> predicted(values, output))
                    .toList();
        }
        Targets.Labels labels = (Targets.Labels) rows.targets();
        List<Exhibit> all = new ArrayList<>(List.of(confusion(labels)));
        List<ClassCurve> curves = curves(labels);
        if (!curves.isEmpty()) {
            all.add(roc(labels, curves));
        }
        all.add(reliability(labels));
        return all;
    }

    private Exhibit confusion(Targets.Labels labels) {
        List<String> names = labels.task().classes();
        int classes = names.size();
        int[][] counts = ClassificationMetrics.of(rows.answers(), labels.labels(), classes)
                .confusion()
                .counts();
        int[] shown = mostConfused(counts);
        double[][] values = new double[shown.length][shown.length];
        for (int t = 0; t < shown.length; t++) {
            for (int p = 0; p < shown.length; p++) {
                values[t][p] = counts[shown[t]][shown[p]];
            }
        }
        List<String> shownNames = IntStream.of(shown).mapToObj(names::get).toList();
        String what = shown.length < classes
                ? "The " + shown.length + " of " + classes + " classes with the most errors"
                : Words.capital(where) + " by true and predicted class";
        return new Exhibit(
                "confusion",
                "Confusion",
                what + "; right answers lie on the diagonal. " + worst(counts, names),
                new HeatMap("predicted", "true", counted + "s", true, new Matrix(shownNames, shownNames, values)));
    }

    private static int[] mostConfused(int[][] counts) {
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt((Integer c) -> -errors(counts, c)))
                .limit(MOST_CLASSES)
                .sorted()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static int errors(int[][] counts, int label) {
        int errors = 0;
        for (int other = 0; other < counts.length; other++) {
            errors += other == label ? 0 : counts[label][other] + counts[other][label];
        }
        return errors;
    }

    private String worst(int[][] counts, List<String> names) {
        int most = 0;
        String which = "";
        for (int t = 0; t < counts.length; t++) {
            for (int p = 0; p < counts.length; p++) {
                if (t != p && counts[t][p] > most) {
                    most = counts[t][p];
                    which = "'" + names.get(t) + "' taken for '" + names.get(p) + "'";
                }
            }
        }
        return most == 0
                ? "There is no error."
                : "The most frequent error is " + which + ", " + Figures.count(most, counted) + ".";
    }

    /** The curve of a class against the rest. */
    private record ClassCurve(String name, RocCurve curve) {}

    /** Of two classes that of the second alone; the worst first. */
    private List<ClassCurve> curves(Targets.Labels labels) {
        int classes = labels.task().outputs();
        return IntStream.range(classes == 2 ? 1 : 0, classes)
                .filter(c -> {
                    long positive =
                            IntStream.of(labels.labels()).filter(l -> l == c).count();
                    return positive > 0 && positive < labels.labels().length;
                })
                .mapToObj(c -> new ClassCurve(
                        labels.task().classes().get(c),
                        ClassificationMetrics.roc(rows.answers(), labels.labels(), classes, c)))
                .sorted(Comparator.comparingDouble(c -> c.curve().area()))
                .toList();
    }

    private Exhibit roc(Targets.Labels labels, List<ClassCurve> curves) {
        List<Series> series = curves.stream()
                .limit(Palette.COLOURS)
                .map(c -> Series.main(c.name(), thinned(c.curve())))
                .toList();
        double mean =
                curves.stream().mapToDouble(c -> c.curve().area()).average().orElseThrow();
        String which = curves.size() == 1
                ? "Class '" + curves.get(0).name() + "'"
                : (curves.size() > series.size()
                                ? "The " + series.size() + " hardest of " + curves.size() + " classes"
                                : "Each class")
                        + " against the rest";
        return new Exhibit(
                "roc",
                "ROC",
                which
                        + ": the closer to the upper left corner, the better it is told apart. The area under the curve is "
                        + Figures.Style.PERCENT.show(mean) + (curves.size() == 1 ? " %" : " % on average")
                        + "; the hardest is '"
                        + curves.get(0).name() + "' with "
                        + Figures.Style.PERCENT.show(curves.get(0).curve().area()) + " %.",
                new Lines(Axis.unit("false positive rate"), Axis.unit("true positive rate"), true, series));
    }

    /** Corners of a curve, evenly chosen where there are many. */
    private static List<Point> thinned(RocCurve curve) {
        double[] x = curve.falsePositiveRate();
        double[] y = curve.truePositiveRate();
        int[] corners = IntStream.range(0, x.length)
                .filter(i -> i == 0
                        || i == x.length - 1
                        || (x[i + 1] - x[i]) * (y[i] - y[i - 1]) != (x[i] - x[i - 1]) * (y[i + 1] - y[i]))
                .toArray();
        int count = Math.min(corners.length, ROC_POINTS);
        return IntStream.range(0, count)
                .map(i -> corners[count == 1 ? 0 : (int) ((long) i * (corners.length - 1) / (count - 1))])
                .mapToObj(i -> new Point(x[i], y[i]))
                .toList();
    }

    private Exhibit reliability(Targets.Labels labels) {
        Reliability reliability =
                Reliability.of(rows.answers(), labels.labels(), labels.task().outputs());
        List<Dot> dots = reliability.bins().stream()
                .filter(bin -> bin.rows() > 0)
                .map(bin -> new Dot(
                        Words.percent(bin.from()) + " to " + Words.percent(bin.to()),
                        bin.confidence(),
                        bin.accuracy(),
                        "",
                        bin.rows()))
                .toList();
        return new Exhibit(
                "reliability",
                "Reliability",
                "Dots on the dashed line are probabilities that say how often they are right; below it they promise too"
                        + " much. On average the likeliest class has "
                        + Figures.Style.PERCENT.show(reliability.confidence()) + " % and is right in "
                        + Figures.Style.PERCENT.show(reliability.accuracy()) + " %; the expected calibration error is "
                        + Figures.Style.PERCENT.show(reliability.error()) + " %.",
                new Dots(
                        "probability",
                        Axis.unit("mean probability of the likeliest class"),
                        Axis.unit("share that is right"),
                        "",
                        counted + "s",
                        true,
                        dots));
    }

    private Exhibit predicted(Targets.Values values, int output) {
        Task.Regression task = values.task();
        int width = task.outputs();
        int step = Math.max(1, (rows.rows() + MOST_POINTS - 1) / MOST_POINTS);
        List<Dot> dots = IntStream.iterate(0, row -> row < rows.rows(), row -> row + step)
                .mapToObj(row -> new Dot(
                        counted + " " + (row + 1),
                        rows.answers()[row * width + output],
                        values.values()[row * width + output],
                        "",
                        0))
                .toList();
        String name = task.targets().get(output);
        RegressionMetrics metrics = RegressionMetrics.of(
                column(width, output, i -> rows.answers()[i]), column(width, output, i -> values.values()[i]), 1);
        String others = output == 0 && width > MOST_TARGETS
                ? " The first " + MOST_TARGETS + " of " + width + " targets are drawn."
                : "";
        return new Exhibit(
                "predicted" + (output == 0 ? "" : output),
                width == 1 ? "Predicted and true values" : "Predicted and true values of " + name,
                (step == 1 ? Words.capital(where) : "One in " + step + " of the " + where)
                        + "; perfect predictions lie on the dashed line. Over all of them R2 "
                        + Figures.significant(metrics.r2()) + ", RMSE " + Figures.significant(metrics.rmse()) + "."
                        + others,
                new Dots(counted, Axis.close("predicted " + name), Axis.close("true " + name), "", "", true, dots));
    }

    /** What one output of {@code [rows][width]} has at each row. */
    private double[] column(int width, int output, IntToDoubleFunction value) {
        return IntStream.range(0, rows.rows())
                .mapToDouble(row -> value.applyAsDouble(row * width + output))
                .toArray();
    }
}
