package org.metafusion.ensemble.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapleyValueTest {

    private static final double TOLERANCE = 1e-12;

    private static double[] game(int players, long seed) {
        return new SplittableRandom(seed).doubles(1L << players).toArray();
    }

    private static int bits(BitSet mask) {
        return mask.isEmpty() ? 0 : (int) mask.toLongArray()[0];
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 10})
    void theValuesSumToWhatAllAreWorthMoreThanNone(int players) {
        double[] worth = game(players, players);
        double[] shapley = ShapleyValue.of(players, mask -> worth[bits(mask)]);
        assertThat(Arrays.stream(shapley).sum()).isCloseTo(worth[worth.length - 1] - worth[0], within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void playersThatAreExchangeableHaveTheSameValue(int players) {
        double[] worth = game(players, 9);
        double[] shapley = ShapleyValue.of(players, mask -> {
            int b = bits(mask);
            boolean onlySecond = (b & 3) == 2;
            return worth[onlySecond ? b ^ 3 : b]; // the first two can stand in for each other
        });
        assertThat(shapley[1]).isCloseTo(shapley[0], within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 7})
    void aPlayerWhoNeverChangesAnythingHasNone(int players) {
        double[] worth = game(players, 4);
        double[] shapley = ShapleyValue.of(players, mask -> worth[bits(mask) & ~2]);
        assertThat(shapley[1]).isCloseTo(0, within(TOLERANCE));
    }

    @Test
    void valuesOfAddedGamesAdd() {
        double[] first = game(4, 1);
        double[] second = game(4, 2);
        double[] sum = ShapleyValue.of(4, mask -> first[bits(mask)] + second[bits(mask)]);
        double[] a = ShapleyValue.of(4, mask -> first[bits(mask)]);
        double[] b = ShapleyValue.of(4, mask -> second[bits(mask)]);
        for (int i = 0; i < 4; i++) {
            assertThat(sum[i]).isCloseTo(a[i] + b[i], within(TOLERANCE));
        }
    }

    @Test
    void eachCoalitionIsAskedOnce() {
        int[] asked = new int[1 << 6];
        double[] shapley = ShapleyValue.of(6, mask -> asked[bits(mask)]++);
        assertThat(asked).containsOnly(1);
        assertThat(shapley).containsOnly(0);
    }

    @Test
    void moreThanTenPlayersAreRefused() {
        assertThatThrownBy(() -> ShapleyValue.of(11, mask -> 0))
                .hasMessage("Exact Shapley values are of 1 to 10 players but there are 11");
    }
}
