package org.metafusion.ensemble.metric;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The receiver operating characteristic of a binary score: the rates at every distinct threshold, from the highest,
 * after a first point (0, 0); nothing is dropped, as scikit-learn's {@code roc_curve(drop_intermediate=False)}.
 *
 * @param falsePositiveRate ascending, 0 to 1
 * @param truePositiveRate ascending, 0 to 1
 */
public record RocCurve(double[] falsePositiveRate, double[] truePositiveRate) {

    /**
     * The curve of a score that is higher for positive rows.
     *
     * @throws IllegalArgumentException unless there are positive rows and negative rows
     */
    public static RocCurve of(double[] scores, boolean[] positive) {
        int[] order = IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        int positives = (int)
                IntStream.range(0, positive.length).filter(i -> positive[i]).count();
        int negatives = positive.length - positives;
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException(
                    "A ROC curve needs positive and negative rows but got " + positives + " and " + negatives);
        }
        double[] fpr = new double[scores.length + 1];
        double[] tpr = new double[scores.length + 1];
        int points = 1;
        int hits = 0;
        for (int i = 0; i < order.length; i++) {
            hits += positive[order[i]] ? 1 : 0;
            if (i == order.length - 1 || scores[order[i + 1]] != scores[order[i]]) {
                fpr[points] = (i + 1 - hits) / (double) negatives;
                tpr[points] = hits / (double) positives;
                points++;
            }
        }
        return new RocCurve(Arrays.copyOf(fpr, points), Arrays.copyOf(tpr, points));
    }

    /** The area under the curve by trapezia: the chance that a positive row scores higher, ties counting half. */
    public double area() {
        double area = 0;
        for (int i = 1; i < falsePositiveRate.length; i++) {
            area += (falsePositiveRate[i] - falsePositiveRate[i - 1])
                    * (truePositiveRate[i] + truePositiveRate[i - 1])
                    / 2;
        }
        return area;
    }
}
