package org.metafusion.ensemble.metric;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much larger one figure is than another over the same rows.
 *
 * @param mean of {@code a_i - b_i}
 * @param standardError {@code sd(a - b) / sqrt(n)}, with n - 1 in the variance; where rows come in G groups, whose rows say
 *     alike, {@code sqrt(G / (G - 1) sum_g s_g^2) / n} with s_g the sum of the group's {@code a_i - b_i - mean}
 */
public record PairedDifference(double mean, double standardError) {

    /** Over all of both, two or more. */
    public static PairedDifference of(double[] a, double[] b) {
        BitSet all = new BitSet();
        all.set(0, a.length);
        return of(a, b, all);
    }

    /** Over the given rows of both, two or more. */
    public static PairedDifference of(double[] a, double[] b, BitSet rows) {
        int n = rows.cardinality();
        if (n < 2) {
            throw new IllegalArgumentException("A standard error needs two rows or more but got " + n);
        }
        double mean = rows.stream().mapToDouble(i -> (a[i] - b[i]) / n).sum();
        double squares = rows.stream()
                .mapToDouble(i -> a[i] - b[i] - mean)
                .map(d -> d * d)
                .sum();
        return new PairedDifference(mean, Math.sqrt(squares / (n - 1.0) / n));
    }

    /**
     * Over the given rows of both, two or more.
     *
     * @param groups of all rows; empty where they are independent, as rows that are all of one group are taken to be
     */
    public static PairedDifference of(double[] a, double[] b, BitSet rows, List<String> groups) {
        PairedDifference independent = of(a, b, rows);
        Map<String, Double> sums = new TreeMap<>();
        for (int row = rows.nextSetBit(0); row >= 0 && !groups.isEmpty(); row = rows.nextSetBit(row + 1)) {
            sums.merge(groups.get(row), a[row] - b[row] - independent.mean, Double::sum);
        }
        if (sums.size() < 2) {
            return independent;
        }
        double squares = sums.values().stream().mapToDouble(sum -> sum * sum).sum();
        double count = sums.size();
        return new PairedDifference(independent.mean, Math.sqrt(count / (count - 1) * squares) / rows.cardinality());
    }

    /** Whether the mean is above 0 by more than so many standard errors. */
    public boolean exceeds(double standardErrors) {
        return mean > standardErrors * standardError;
    }
}
