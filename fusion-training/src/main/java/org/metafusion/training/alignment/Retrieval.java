package org.metafusion.training.alignment;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How well rows of one modality find themselves in another by cosine similarity.
 *
 * @param from the modality asked with
 * @param to the modality searched
 * @param rows how many have both
 * @param recall by k, the share of rows whose counterpart is among the k most similar; ties count as chance would have it
 * @param medianRank of the counterpart, from 1
 */
public record Retrieval(String from, String to, int rows, SortedMap<Integer, Double> recall, double medianRank) {

    /** The usual k: 1, 5 and 10. */
    static final int[] USUAL = {1, 5, 10};

    /**
     * Of embeddings {@code [rows, width]} of the same rows.
     *
     * @param queries of modality {@code from}
     * @param candidates of modality {@code to}
     */
    static Retrieval of(String from, String to, float[] queries, float[] candidates, int rows) {
        int width = rows == 0 ? 0 : queries.length / rows;
        double[] x = unit(queries, rows, width);
        double[] y = unit(candidates, rows, width);
        double[] found = new double[USUAL.length];
        double[] ranks = new double[rows];
        for (int i = 0; i < rows; i++) {
            double own = similarity(x, i, y, i, width);
            int above = 0;
            int level = 0;
            for (int j = 0; j < rows; j++) {
                double other = j == i ? own : similarity(x, i, y, j, width);
                above += other > own ? 1 : 0;
                level += j != i && other == own ? 1 : 0;
            }
            ranks[i] = 1 + above + level / 2.0;
            for (int k = 0; k < USUAL.length; k++) {
                found[k] += Math.max(0, Math.min(1, (USUAL[k] - above) / (level + 1.0)));
            }
        }
        SortedMap<Integer, Double> recall = new TreeMap<>();
        for (int k = 0; k < USUAL.length; k++) {
            recall.put(USUAL[k], rows == 0 ? Double.NaN : found[k] / rows);
        }
        return new Retrieval(from, to, rows, recall, median(ranks));
    }

    /** What guessing gives among {@code rows} rows. */
    public static Retrieval chance(String from, String to, int rows) {
        return of(from, to, new float[rows], new float[rows], rows);
    }

    private static double median(double[] ranks) {
        if (ranks.length == 0) {
            return Double.NaN;
        }
        double[] sorted = ranks.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double[] unit(float[] values, int rows, int width) {
        double[] unit = new double[values.length];
        for (int i = 0; i < rows; i++) {
            double square = 0;
            for (int k = 0; k < width; k++) {
                square += (double) values[i * width + k] * values[i * width + k];
            }
            double length = square == 0 ? 1 : Math.sqrt(square);
            for (int k = 0; k < width; k++) {
                unit[i * width + k] = values[i * width + k] / length;
            }
        }
        return unit;
    }

    private static double similarity(double[] x, int i, double[] y, int j, int width) {
        double sum = 0;
        for (int k = 0; k < width; k++) {
            sum += x[i * width + k] * y[j * width + k];
        }
        return sum;
    }
}
