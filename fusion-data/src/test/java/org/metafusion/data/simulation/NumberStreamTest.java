package org.metafusion.data.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class NumberStreamTest {

    @Test
    void isSplitMix64OnEveryJdk() {
        assertThat(new NumberStream(0).uniform(0, 1)).isEqualTo((0xE220A8397B1DCDAFL >>> 11) * 0x1.0p-53);
    }

    @Test
    void normalsHaveTheMomentsOfAStandardNormal() {
        NumberStream numbers = new NumberStream(11);
        int count = 200_000;
        double[] moments = new double[5];
        for (int i = 0; i < count; i++) {
            double value = numbers.normal();
            double power = 1;
            for (int p = 1; p <= 4; p++) {
                power *= value;
                moments[p] += power / count;
            }
        }

        assertThat(moments[1]).isCloseTo(0, within(0.01));
        assertThat(moments[2]).isCloseTo(1, within(0.015));
        assertThat(moments[3]).isCloseTo(0, within(0.04));
        assertThat(moments[4]).isCloseTo(3, within(0.1));
    }

    @Test
    void uniformsFillTheirRange() {
        NumberStream numbers = new NumberStream(12);
        double[] values = new double[20_000];
        Arrays.setAll(values, i -> numbers.uniform(-3, 3));

        assertThat(Arrays.stream(values).min().orElseThrow()).isBetween(-3.0, -2.99);
        assertThat(Arrays.stream(values).max().orElseThrow()).isBetween(2.99, 3.0);
        assertThat(Arrays.stream(values).average().orElseThrow()).isCloseTo(0, within(0.05));
    }

    @Test
    void choosesDifferentOnesAndReachesAll() {
        NumberStream numbers = new NumberStream(13);
        int[] counts = new int[10];
        for (int trial = 0; trial < 3000; trial++) {
            int[] chosen = numbers.choose(3, 10);
            assertThat(chosen).doesNotHaveDuplicates().hasSize(3);
            for (int index : chosen) {
                counts[index]++;
            }
        }

        for (int count : counts) {
            assertThat(count).isBetween(800, 1000);
        }
    }
}
