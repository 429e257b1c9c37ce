package org.metafusion.ensemble.metric;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether probabilities say how often they are right: rows by the probability of their most likely class, in equal bins
 * (lo, hi] from 0 to 1.
 *
 * @param bins from low to high, also those without rows
 */
public record Reliability(List<Bin> bins) {

    /** As many bins as the expected calibration error is usually of. */
    public static final int BINS = 15;

    public Reliability {
        bins = List.copyOf(bins);
    }

    /**
     * The rows whose highest probability is in (from, to].
     *
     * @param rows how many
     * @param confidence their mean highest probability; NaN without rows
     * @param accuracy share of them whose most likely class is right; NaN without rows
     */
    public record Bin(double from, double to, int rows, double confidence, double accuracy) {

        /** By how much the confidence is above the accuracy; 0 without rows. */
        public double excess() {
            return rows == 0 ? 0 : confidence - accuracy;
        }
    }

    /**
     * From probabilities {@code [n, classes]}, row-major.
     *
     * @param labels a class index a row
     */
    public static Reliability of(double[] probabilities, int[] labels, int classes) {
        double[] confidence = new double[BINS];
        int[] right = new int[BINS];
        int[] rows = new int[BINS];
        for (int row = 0; row < labels.length; row++) {
            int predicted = Confusion.mostLikely(probabilities, row, classes);
            double highest = probabilities[row * classes + predicted];
            int bin = Math.max(0, Math.min(BINS - 1, (int) Math.ceil(highest * BINS) - 1));
            confidence[bin] += highest;
            right[bin] += predicted == labels[row] ? 1 : 0;
            rows[bin]++;
        }
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            bins.add(new Bin(
                    b / (double) BINS,
                    (b + 1) / (double) BINS,
                    rows[b],
                    rows[b] == 0 ? Double.NaN : confidence[b] / rows[b],
                    rows[b] == 0 ? Double.NaN : right[b] / (double) rows[b]));
        }
        return new Reliability(bins);
    }

    public int rows() {
        return bins.stream().mapToInt(Bin::rows).sum();
    }

    /** The mean highest probability over all rows. */
    public double confidence() {
        return bins.stream()
                        .filter(bin -> bin.rows() > 0)
                        .mapToDouble(bin -> bin.rows() * bin.confidence())
                        .sum()
                / rows();
    }

    /** The share of all rows that are right. */
    public double accuracy() {
        return bins.stream()
                        .filter(bin -> bin.rows() > 0)
                        .mapToDouble(bin -> bin.rows() * bin.accuracy())
                        .sum()
                / rows();
    }

    /** The expected calibration error: the mean over rows of {@code |accuracy - confidence|} of the row's bin. */
    public double error() {
        return bins.stream()
                        .mapToDouble(bin -> bin.rows() * Math.abs(bin.excess()))
                        .sum()
                / rows();
    }
}
