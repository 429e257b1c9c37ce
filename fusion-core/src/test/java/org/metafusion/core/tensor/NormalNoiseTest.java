package org.metafusion.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class NormalNoiseTest {

    private static final int COUNT = 200_000;

    @Test
    void hasTheMomentsOfAStandardNormal() {
        double[] moments = new double[5];
        double neighbours = 0;
        int key = DropoutMask.key(42, 3);
        for (int e = 0; e < COUNT; e++) {
            double z = NormalNoise.of(key, e);
            for (int power = 1; power < moments.length; power++) {
                moments[power] += Math.pow(z, power) / COUNT;
            }
            neighbours += z * NormalNoise.of(key, e + 1) / COUNT;
        }
        assertThat(moments[1]).isCloseTo(0, within(0.01));
        assertThat(moments[2]).isCloseTo(1, within(0.02));
        assertThat(moments[3]).isCloseTo(0, within(0.05));
        assertThat(moments[4]).isCloseTo(3, within(0.1));
        assertThat(neighbours).isCloseTo(0, within(0.01));
    }

    @Test
    void dependsOnSeedStudentAndElementAlone() {
        int key = DropoutMask.key(42, 3);
        assertThat(NormalNoise.of(key, 5)).isEqualTo(NormalNoise.of(DropoutMask.key(42, 3), 5));
        assertThat(NormalNoise.of(key, 5)).isNotEqualTo(NormalNoise.of(key, 6));
        assertThat(NormalNoise.of(key, 5)).isNotEqualTo(NormalNoise.of(DropoutMask.key(42, 4), 5));
        assertThat(NormalNoise.of(key, 5)).isNotEqualTo(NormalNoise.of(DropoutMask.key(43, 3), 5));
    }
}
