package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AdaptiveModulationTest {

    @ParameterizedTest(name = "{0} modalities")
    @ValueSource(ints = {2, 3, 4, 6})
    void oneMoreDominantThanItsOwnAverageIsSlowedDownAndOneLessSoSpeededUp(int modalities) {
        Random random = new Random(modalities);
        for (int sequence = 0; sequence < 50; sequence++) {
            double cap = 0.05 + random.nextDouble();
            double alpha = 0.1 + random.nextDouble();
            AdaptiveModulation modulation = new AdaptiveModulation(modalities, alpha, cap);
            double[] sums = new double[modalities];
            for (int step = 1; step <= 40; step++) {
                double[] s = random.doubles(modalities, 0, 3).toArray();
                double[] kappa = modulation.coefficients(s);
                double[] dominance = AdaptiveModulation.dominance(s);
                for (int m = 0; m < modalities; m++) {
                    sums[m] += dominance[m];
                    double average = sums[m] / step;
                    if (dominance[m] > average + 1e-9) {
                        assertThat(kappa[m]).isLessThan(1);
                    } else if (dominance[m] < average - 1e-9) {
                        assertThat(kappa[m]).isGreaterThan(1);
                    }
                    assertThat(kappa[m]).isGreaterThanOrEqualTo(0).isLessThanOrEqualTo(Math.exp(alpha * cap) + 1e-12);
                }
            }
        }
    }

    @Test
    void coefficientsFollowTheFormula() {
        AdaptiveModulation modulation = new AdaptiveModulation(3, 0.7, 0.2);
        modulation.coefficients(new double[] {1, 2, 3});
        double[] got = modulation.coefficients(new double[] {2, 1, 2.5});
        double[] now = {2, 1, 2.5};
        double[] average = {1.5, 1.5, 2.75};
        double meanNow = 5.5 / 3;
        double meanAverage = 5.75 / 3;
        for (int m = 0; m < 3; m++) {
            double r = Math.exp(1.5 * (meanNow - now[m]));
            double tau = Math.exp(1.5 * (meanAverage - average[m]));
            assertThat(got[m]).isCloseTo(Math.exp(0.7 * Math.min(tau - r, 0.2)), within(1e-12));
        }
    }

    @Test
    void theFirstStepChangesNothing() {
        assertThat(new AdaptiveModulation(2, 1, 1).coefficients(new double[] {0.1, 2.3}))
                .containsExactly(1, 1);
    }

    @Test
    void aConstantDominanceIsLeftAlone() {
        AdaptiveModulation modulation = new AdaptiveModulation(2, 1, 1);
        for (int step = 0; step < 5; step++) {
            assertThat(modulation.coefficients(new double[] {0.25, 2})).containsExactly(1, 1);
        }
    }

    @Test
    void hugeLossesGiveNumbers() {
        AdaptiveModulation modulation = new AdaptiveModulation(2, 1, 1);
        modulation.coefficients(new double[] {0, 1e6});
        assertThat(modulation.coefficients(new double[] {1e6, 0})[1]).isZero();
        assertThat(modulation.coefficients(new double[] {0, 1e6})).doesNotContain(Double.NaN);
    }

    @Test
    void settingsAreChecked() {
        assertThatThrownBy(() -> new AdaptiveModulation(1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("2 modalities or more, alpha above 0 and cap above 0 are needed but got 1, 1.0 and 1.0");
    }
}
