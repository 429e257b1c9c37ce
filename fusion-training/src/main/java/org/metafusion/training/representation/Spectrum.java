package org.metafusion.training.representation;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import org.netlib.util.intW;

/**
 * Leading eigenpairs of a symmetric positive semidefinite matrix, largest first, by LAPACK's {@code dsyevr}: one
 * reduction to tridiagonal form, then only the pairs that are wanted.
 *
 * @param values not negative
 * @param vectors {@code [values.length, size]}, one a row, orthonormal, of any sign
 * @param total the trace
 */
record Spectrum(double[] values, double[] vectors, double total) {

    private static final double RANK_TOLERANCE = 1e-9;

    /** At most {@code wanted} pairs, fewer where the rank is lower, but at least one. {@code symmetric} is overwritten. */
    static Spectrum of(double[] symmetric, int size, int wanted) {
        double total = 0;
        for (int i = 0; i < size; i++) {
            total += symmetric[i * size + i];
        }
        int asked = Math.min(wanted, size);
        double[] ascending = new double[size];
        double[] columns = new double[asked * size];
        decompose(symmetric, size, asked, ascending, columns);
        double largest = Math.max(0, ascending[asked - 1]);
        int count = 1;
        while (count < asked && ascending[asked - 1 - count] > RANK_TOLERANCE * largest) {
            count++;
        }
        double[] values = new double[count];
        double[] vectors = new double[count * size];
        for (int c = 0; c < count; c++) {
            values[c] = Math.max(0, ascending[asked - 1 - c]);
            System.arraycopy(columns, (asked - 1 - c) * size, vectors, c * size, size);
        }
        return new Spectrum(values, vectors, total);
    }

    private static void decompose(double[] symmetric, int size, int asked, double[] values, double[] columns) {
        double[] work = new double[26 * size];
        int[] integers = new int[10 * size];
        intW found = new intW(0);
        intW info = new intW(0);
        JavaLAPACK.getInstance()
                .dsyevr(
                        "V",
                        "I",
                        "L",
                        size,
                        symmetric,
                        size,
                        0,
                        0,
                        size - asked + 1,
                        size,
                        0,
                        found,
                        values,
                        columns,
                        size,
                        new int[2 * size],
                        work,
                        work.length,
                        integers,
                        integers.length,
                        info);
        if (info.val != 0 || found.val != asked) {
            throw new IllegalStateException("Eigendecomposition of a " + size + " x " + size
                    + " symmetric matrix failed: dsyevr answered " + info.val + " and found " + found.val + " of "
                    + asked + " pairs");
        }
    }

    int count() {
        return values.length;
    }
}
