package org.metafusion.ensemble.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * How good class probabilities are; definitions as in scikit-learn. Never NaN: a class without rows does not take part
 * in a mean over classes.
 *
 * @param accuracy share of rows whose most likely class is right
 * @param balancedAccuracy mean recall of the classes that have rows
 * @param macroF1 mean F1 of the classes that have rows or were predicted
 * @param weightedF1 mean F1, each class by its share of the rows
 * @param auc area under the ROC curve of the second class where there are two; else the mean over the classes of one
 *     against the rest, of the classes that have rows and whose rest has rows; 0.5 (no evidence) if none is left
 * @param logLoss mean of {@code -ln p[label]}, p held at 2.2e-16 or more
 * @param ece expected calibration error: 15 equal bins (lo, hi] of the highest probability, mean over rows of
 *     {@code |accuracy - confidence|} of the row's bin
 * @param brier mean over rows of the squared distance to the one-hot label, summed over classes
 */
public record ClassificationMetrics(
        double accuracy,
        double balancedAccuracy,
        double macroF1,
        double weightedF1,
        double auc,
        double logLoss,
        double ece,
        double brier,
        Confusion confusion) {

    private static final double LEAST_PROBABILITY = Math.ulp(1.0);

    /**
     * From probabilities {@code [n, classes]}, row-major, each row of sum 1.
     *
     * @param labels a class index a row, at least one row
     */
    public static ClassificationMetrics of(double[] probabilities, int[] labels, int classes) {
        if (labels.length == 0 || probabilities.length != labels.length * classes) {
            throw new IllegalArgumentException("Metrics of " + classes + " classes need one row or more and " + classes
                    + " probabilities each, but got " + labels.length + " labels and " + probabilities.length
                    + " probabilities");
        }
        Confusion confusion = Confusion.of(probabilities, labels, classes);
        return new ClassificationMetrics(
                confusion.accuracy(),
                confusion.balancedAccuracy(),
                confusion.macroF1(),
                confusion.weightedF1(),
                areaUnderCurve(probabilities, labels, classes),
                logLoss(probabilities, labels, classes),
                Reliability.of(probabilities, labels, classes).error(),
                brier(probabilities, labels, classes),
                confusion);
    }

    /** The ROC curve of class {@code positive} against the rest; both must have rows. */
    public static RocCurve roc(double[] probabilities, int[] labels, int classes, int positive) {
        double[] scores = new double[labels.length];
        boolean[] isPositive = new boolean[labels.length];
        for (int row = 0; row < labels.length; row++) {
            scores[row] = probabilities[row * classes + positive];
            isPositive[row] = labels[row] == positive;
        }
        return RocCurve.of(scores, isPositive);
    }

    /** The figures by name, in the order reports show them. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("accuracy", accuracy);
        values.put("balancedAccuracy", balancedAccuracy);
        values.put("macroF1", macroF1);
        values.put("weightedF1", weightedF1);
        values.put("auc", auc);
        values.put("logLoss", logLoss);
        values.put("ece15", ece);
        values.put("brier", brier);
        return Collections.unmodifiableMap(values);
    }

    private static double areaUnderCurve(double[] probabilities, int[] labels, int classes) {
        IntStream scored = classes == 2 ? IntStream.of(1) : IntStream.range(0, classes);
        OptionalDouble mean = scored.filter(c -> {
                    long rows = IntStream.of(labels).filter(label -> label == c).count();
                    return rows > 0 && rows < labels.length;
                })
                .mapToDouble(c -> roc(probabilities, labels, classes, c).area())
                .average();
        return mean.orElse(0.5);
    }

    private static double logLoss(double[] probabilities, int[] labels, int classes) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            sum -= Math.log(Math.max(LEAST_PROBABILITY, probabilities[row * classes + labels[row]]));
        }
        return sum / labels.length;
    }

    private static double brier(double[] probabilities, int[] labels, int classes) {
        double sum = 0;
        for (int row = 0; row < labels.length; row++) {
            for (int c = 0; c < classes; c++) {
                double error = probabilities[row * classes + c] - (labels[row] == c ? 1 : 0);
                sum += error * error;
            }
        }
        return sum / labels.length;
    }
}
