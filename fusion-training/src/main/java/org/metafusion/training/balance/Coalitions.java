package org.metafusion.training.balance;

import java.util.Arrays;
import org.metafusion.core.FusionException;

/**
 * Sets of modalities as bit masks: bit {@code i} for the {@code i}-th of {@code n}, {@code 2^n} coalitions in all.
 */
public final class Coalitions {

    /** Exact Shapley values ask a student about {@code 2^n} coalitions; beyond this many modalities that is refused. */
    public static final int MOST_MODALITIES = 6;

    private Coalitions() {}

    /** @throws FusionException if there are too many modalities to ask about every coalition */
    public static void requireFew(int modalities) {
        if (modalities > MOST_MODALITIES) {
            throw new FusionException("Modality competition is measured over every set of modalities and takes "
                    + MOST_MODALITIES + " modalities at most, but the data has " + modalities);
        }
    }

    /** The number of coalitions of {@code n} modalities, the empty one included. */
    public static int count(int modalities) {
        return 1 << modalities;
    }

    /**
     * What each of {@code n} modalities adds on average over all orders in which they may come (Shapley 1953):
     *
     * <pre>
     * phi_i = sum over coalitions S without i of |S|! (n - |S| - 1)! / n! (v(S + i) - v(S))
     * </pre>
     *
     * The values add up to {@code v(all) - v(none)}.
     *
     * @param value {@code v} by mask, {@code 2^n} vectors of one length
     * @return {@code phi} by modality, vectors of that length
     */
    public static double[][] shapley(double[][] value) {
        int n = Integer.numberOfTrailingZeros(value.length);
        if (value.length != count(n)) {
            throw new IllegalArgumentException("Values of 2^n coalitions are needed but got " + value.length);
        }
        double[] weights = weights(n);
        double[][] phi = new double[n][value[0].length];
        for (int mask = 0; mask < value.length; mask++) {
            for (int i = 0; i < n; i++) {
                if ((mask & 1 << i) == 0) {
                    addGain(phi[i], value[mask | 1 << i], value[mask], weights[Integer.bitCount(mask)]);
                }
            }
        }
        return phi;
    }

    /** The same for one number a coalition. */
    public static double[] shapley(double[] value) {
        double[][] vectors =
                Arrays.stream(value).mapToObj(v -> new double[] {v}).toArray(double[][]::new);
        return Arrays.stream(shapley(vectors)).mapToDouble(phi -> phi[0]).toArray();
    }

    private static void addGain(double[] sum, double[] with, double[] without, double weight) {
        for (int c = 0; c < sum.length; c++) {
            sum[c] += weight * (with[c] - without[c]);
        }
    }

    /** {@code size! (n - size - 1)! / n!} by size. */
    private static double[] weights(int n) {
        double[] weights = new double[n];
        double choices = 1;
        for (int size = 0; size < n; size++) {
            weights[size] = 1 / (n * choices);
            choices = choices * (n - 1 - size) / (size + 1);
        }
        return weights;
    }
}
