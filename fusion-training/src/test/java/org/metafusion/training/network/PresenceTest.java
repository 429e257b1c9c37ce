package org.metafusion.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PresenceTest {

    private static final List<Integer> ALL = List.of(0, 1, 2);

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        IntStream.of(set).forEach(bits::set);
        return bits;
    }

    /** Three rows: one complete, one without modality 1, one with nothing but modality 2. */
    private static Presence presence() {
        return new Presence(3, List.of(bits(2), bits(1, 2), bits()));
    }

    @Test
    void sharesAreOneOverWhatIsThere() {
        float third = 1f / 3;
        assertThat(presence().shares(ALL)).containsExactly(third, third, third, 0.5f, 0, 0.5f, 0, 0, 1);
        assertThat(presence().shares(List.of(0, 1))).containsExactly(0.5f, 0.5f, 1, 0, 0, 0);
    }

    @Test
    void aRowHasAnyOfTheModalitiesItHasOneOf() {
        assertThat(IntStream.range(0, 3).filter(row -> presence().hasAny(row, bits(1))))
                .containsExactly(0);
        assertThat(IntStream.range(0, 3).filter(row -> presence().hasAny(row, bits(0, 1))))
                .containsExactly(0, 1);
    }

    @Test
    void whatIsWithheldIsAsIfItWereMissing() {
        assertThat(presence().only(bits(0, 1)).shares(ALL)).containsExactly(0.5f, 0.5f, 0, 1, 0, 0, 0, 0, 0);
        assertThat(presence().only(bits(0, 1, 2)).shares(ALL))
                .containsExactly(presence().shares(ALL));
    }

    @Test
    void dropoutWithholdsItsShareAndNeverAllThatAStudentHas() {
        int rows = 20_000;
        Presence thinned = new Presence(rows, List.of(bits(), bits())).thinned(0.3f, 11);
        float[] shares = thinned.shares(List.of(0, 1));
        int both = 0;
        for (int row = 0; row < rows; row++) {
            assertThat(shares[2 * row] + shares[2 * row + 1]).isEqualTo(1f);
            both += shares[2 * row] == 0.5f ? 1 : 0;
        }
        assertThat(both / (double) rows).isBetween(0.57, 0.59); // 0.7^2, and 0.3^2 that would have lost both
        assertThat(thinned.shares(List.of(1))).containsOnly(1f);
        assertThat(new Presence(rows, List.of(bits(), bits())).thinned(0.3f, 11).shares(List.of(0, 1)))
                .containsExactly(shares);
    }

    @Test
    void aBlendLooksAtRowsWithAllOrOneAloneAsOftenAsTheyWeigh() {
        int rows = 20_000;
        BitSet lacking = bits(0, 1, 2);
        Presence blended =
                new Presence(rows, List.of(bits(), lacking)).blended(modalities -> new double[] {0.5, 0.2, 0.3}, 3);
        float[] shares = blended.shares(List.of(0, 1));
        assertThat(shares).startsWith(1, 0, 1, 0, 1, 0);
        int[] counts = new int[3];
        for (int row = 3; row < rows; row++) {
            counts[shares[2 * row] == 0.5f ? 0 : shares[2 * row] == 1 ? 1 : 2]++;
        }
        assertThat(counts[0] / (double) rows).isBetween(0.48, 0.52);
        assertThat(counts[1] / (double) rows).isBetween(0.18, 0.22);
    }

    @Test
    void noDropoutIsWhatIsThere() {
        assertThat(presence().thinned(0f, 5).shares(ALL))
                .containsExactly(presence().shares(ALL));
    }
}
