package org.metafusion.ensemble.importance;

import java.util.BitSet;
import java.util.function.ToDoubleFunction;

/**
 * The exact Shapley value: a player's mean gain over all orders in which players can join,
 * {@code phi_i = sum over S without i of |S|! (M - |S| - 1)! / M! (v(S + i) - v(S))}. The values of all players sum to
 * {@code v(all) - v(none)}; players that are exchangeable have the same; a player who never changes anything has 0.
 */
public final class ShapleyValue {

    /** The most players; there are 2^M coalitions. */
    public static final int MOST_PLAYERS = 10;

    private ShapleyValue() {}

    /**
     * The value of each player.
     *
     * @param valueOf a coalition, asked once for each of the {@code 2^players} there are
     * @throws IllegalArgumentException if there are more than {@value #MOST_PLAYERS} players
     */
    public static double[] of(int players, ToDoubleFunction<BitSet> valueOf) {
        if (players < 1 || players > MOST_PLAYERS) {
            throw new IllegalArgumentException(
                    "Exact Shapley values are of 1 to " + MOST_PLAYERS + " players but there are " + players);
        }
        double[] value = new double[1 << players];
        for (int bits = 0; bits < value.length; bits++) {
            value[bits] = valueOf.applyAsDouble(BitSet.valueOf(new long[] {bits}));
        }
        double[] weights = weights(players);
        double[] shapley = new double[players];
        for (int bits = 0; bits < value.length; bits++) {
            for (int i = 0; i < players; i++) {
                if ((bits >> i & 1) == 0) {
                    shapley[i] += weights[Integer.bitCount(bits)] * (value[bits | 1 << i] - value[bits]);
                }
            }
        }
        return shapley;
    }

    /** {@code s! (M - s - 1)! / M!} for coalitions of s = 0 .. M - 1 players: one over M times the choices of s of M - 1. */
    private static double[] weights(int players) {
        double[] weights = new double[players];
        double choices = 1;
        for (int s = 0; s < players; s++) {
            weights[s] = 1 / (players * choices);
            choices = choices * (players - 1 - s) / (s + 1);
        }
        return weights;
    }
}
