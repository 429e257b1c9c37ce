package org.metafusion.ensemble.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How sure a difference over the same rows is. */
final class PairedDifferenceTest {

    private static final double[] ZERO = new double[60];

    private static double[] drawn(int siblings) {
        Random random = new Random(3);
        double[] each = random.doubles(ZERO.length / siblings).toArray();
        return IntStream.range(0, ZERO.length)
                .mapToDouble(row -> each[row / siblings])
                .toArray();
    }

    private static List<String> groups(int siblings) {
        return IntStream.range(0, ZERO.length)
                .mapToObj(row -> "g" + row / siblings)
                .toList();
    }

    private static BitSet all() {
        BitSet all = new BitSet();
        all.set(0, ZERO.length);
        return all;
    }

    @Test
    void meanAndErrorAreThoseOfTheDifferences() {
        PairedDifference difference = PairedDifference.of(new double[] {3, 5, 10}, new double[] {1, 1, 1});
        assertThat(difference.mean()).isCloseTo(5, within(1e-12));
        assertThat(difference.standardError()).isCloseTo(Math.sqrt(13.0 / 3), within(1e-12));
        assertThat(difference.exceeds(2)).isTrue();
        assertThat(difference.exceeds(3)).isFalse();
    }

    @Test
    void groupsOfOneRowAreIndependentRows() {
        PairedDifference alone = PairedDifference.of(drawn(1), ZERO);
        PairedDifference grouped = PairedDifference.of(drawn(1), ZERO, all(), groups(1));
        assertThat(grouped.mean()).isEqualTo(alone.mean());
        assertThat(grouped.standardError()).isCloseTo(alone.standardError(), within(1e-12));
    }

    @Test
    void rowsOfAGroupThatSayTheSameCountAsOne() {
        double[] each =
                IntStream.range(0, 10).mapToDouble(group -> drawn(6)[6 * group]).toArray();
        PairedDifference of = PairedDifference.of(each, new double[10]);
        PairedDifference grouped = PairedDifference.of(drawn(6), ZERO, all(), groups(6));
        assertThat(grouped.mean()).isCloseTo(of.mean(), within(1e-12));
        assertThat(grouped.standardError()).isCloseTo(of.standardError(), within(1e-12));
        assertThat(PairedDifference.of(drawn(6), ZERO).standardError()).isLessThan(0.5 * of.standardError());
    }

    @Test
    void aSingleGroupIsTakenForIndependentRows() {
        assertThat(PairedDifference.of(drawn(1), ZERO, all(), Collections.nCopies(ZERO.length, "g")))
                .isEqualTo(PairedDifference.of(drawn(1), ZERO));
    }

    @Test
    void oneRowHasNoError() {
        assertThatThrownBy(() -> PairedDifference.of(new double[1], new double[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A standard error needs two rows or more but got 1");
    }
}
