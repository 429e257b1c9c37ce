package org.metafusion.training.balance;

import java.util.Arrays;

/**
 * How much each way to look at a row counts in gradient blending (Wang, Tran, Feiszli 2020, arXiv 1905.12681): with all
 * modalities, or with one of them alone.
 *
 * <pre>
 * G_k = V_k(before) - V_k(after)                               what looking so has generalised
 * O_k = (V_k - T_k)(after) - (V_k - T_k)(before)               what it has overfitted
 * w_k = max(G_k, 0) / (O_k^2 + {@value #FLOOR}^2), scaled to sum 1     the paper's optimal blend, G / O^2
 * </pre>
 *
 * <p>{@code T} and {@code V} are mean losses on rows that were learned from and on others. The floor keeps what has not
 * overfitted yet from taking everything, and every way keeps {@value #KEPT} of an equal share, so that it can come back.
 */
public final class BlendingWeights {

    private static final double FLOOR = 0.02;
    private static final double KEPT = 0.2;

    /** Mean losses of one way to look at rows; NaN where no row can be looked at so. */
    public record Losses(double train, double validation) {}

    private BlendingWeights() {}

    /** The same for each way. */
    public static double[] equal(int ways) {
        double[] weights = new double[ways];
        Arrays.fill(weights, 1.0 / ways);
        return weights;
    }

    /** The weights, of sum 1, from the losses of each way at two times; equal ones if none has generalised. */
    public static double[] of(Losses[] before, Losses[] after) {
        double[] blend = new double[before.length];
        for (int k = 0; k < blend.length; k++) {
            double gain = before[k].validation - after[k].validation;
            double overfitting = after[k].validation - after[k].train - (before[k].validation - before[k].train);
            double weight = Math.max(gain, 0) / (overfitting * overfitting + FLOOR * FLOOR);
            blend[k] = Double.isNaN(weight) ? 0 : weight;
        }
        double sum = Arrays.stream(blend).sum();
        if (!(sum > 0) || Double.isInfinite(sum)) {
            return equal(blend.length);
        }
        Arrays.setAll(blend, k -> (1 - KEPT) * blend[k] / sum + KEPT / blend.length);
        return blend;
    }
}
