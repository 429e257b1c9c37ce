package org.metafusion.data.simulation;

import java.util.SplittableRandom;

/**
 * Random numbers that are the same bits for a seed on every JDK: the 64-bit outputs of {@link SplittableRandom}, whose
 * algorithm is fixed, and Marsaglia's polar method by {@link StrictMath} ({@code nextGaussian} changed between JDKs, and
 * {@code Math.log} may round differently on another machine).
 */
final class NumberStream {

    private final SplittableRandom bits;
    private double spare = Double.NaN;

    NumberStream(long seed) {
        bits = new SplittableRandom(seed);
    }

    /** Uniform on [low, high). */
    double uniform(double low, double high) {
        return low + (high - low) * ((bits.nextLong() >>> 11) * 0x1.0p-53);
    }

    /** Uniform on 0 .. bound - 1. */
    int below(int bound) {
        return (int) (uniform(0, 1) * bound);
    }

    /** Standard normal. */
    double normal() {
        if (!Double.isNaN(spare)) {
            double result = spare;
            spare = Double.NaN;
            return result;
        }
        while (true) {
            double a = uniform(-1, 1);
            double b = uniform(-1, 1);
            double square = a * a + b * b;
            if (square > 0 && square < 1) {
                double scale = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
                spare = b * scale;
                return a * scale;
            }
        }
    }

    /** Standard normals {@code [rows][columns]}. */
    double[][] normals(int rows, int columns) {
        double[][] normals = new double[rows][columns];
        for (double[] row : normals) {
            for (int j = 0; j < columns; j++) {
                row[j] = normal();
            }
        }
        return normals;
    }

    /** {@code count} different ones of 0 .. bound - 1. */
    int[] choose(int count, int bound) {
        int[] all = new int[bound];
        for (int i = 0; i < bound; i++) {
            all[i] = i;
        }
        int[] chosen = new int[count];
        for (int i = 0; i < count; i++) {
            int j = i + below(bound - i);
            chosen[i] = all[j];
            all[j] = all[i];
        }
        return chosen;
    }
}
