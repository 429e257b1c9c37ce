package org.metafusion.ensemble.metric;

import java.util.BitSet;

/**
 * How much larger one figure is than another over the same rows.
 *
 * @param mean of {@code a_i - b_i}
 * @param standardError {@code sd(a - b) / sqrt(n)}, with n - 1 in the variance
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

    /** Whether the mean is above 0 by more than so many standard errors. */
    public boolean exceeds(double standardErrors) {
        return mean > standardErrors * standardError;
    }
}
