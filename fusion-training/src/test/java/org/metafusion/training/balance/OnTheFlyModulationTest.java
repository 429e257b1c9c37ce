package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;

final class OnTheFlyModulationTest {

    static Stream<OracleCase> cases() {
        return OracleCases.of("ogm_ge");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void coefficientsOfTwoModalitiesAreTheReferences(OracleCase oracle) {
        double[] want = oracle.out("coefficients").flat();
        double alpha = oracle.in("alpha").number();
        double[] got =
                new OnTheFlyModulation(alpha).coefficients(oracle.in("scores").flat());
        assertThat(got).containsExactly(want, within(1e-12));
    }

    @ParameterizedTest(name = "{0} modalities")
    @ValueSource(ints = {2, 3, 4, 6, 9})
    void theDominantIsSlowedDownAndTheWeakestNever(int modalities) {
        Random random = new Random(modalities);
        for (int trial = 0; trial < 500; trial++) {
            double[] scores = random.doubles(modalities, 0.01, 64).toArray();
            double[] k = new OnTheFlyModulation(0.01 + random.nextDouble()).coefficients(scores);
            int strongest = 0;
            int weakest = 0;
            for (int m = 0; m < modalities; m++) {
                assertThat(k[m]).isBetween(0.0, 1.0);
                strongest = scores[m] > scores[strongest] ? m : strongest;
                weakest = scores[m] < scores[weakest] ? m : weakest;
            }
            assertThat(k[strongest]).isLessThan(1);
            assertThat(k[weakest]).isEqualTo(1);
            for (int a = 0; a < modalities; a++) {
                for (int b = 0; b < modalities; b++) {
                    if (scores[a] >= scores[b]) {
                        assertThat(k[a]).isLessThanOrEqualTo(k[b]);
                    }
                }
            }
        }
    }

    @Test
    void aModalityIsComparedWithTheMeanOfTheOthers() {
        double[] k = new OnTheFlyModulation(0.5).coefficients(new double[] {30, 10, 20});
        assertThat(k).containsExactly(new double[] {1 - Math.tanh(0.5 * 30 / 15), 1, 1}, within(1e-15));
    }

    @Test
    void equalScoresAndASingleModalityAreLeftAlone() {
        assertThat(new OnTheFlyModulation(1).coefficients(new double[] {7, 7, 7}))
                .containsExactly(1, 1, 1);
        assertThat(new OnTheFlyModulation(1).coefficients(new double[] {7})).containsExactly(1);
        assertThat(new OnTheFlyModulation(1).coefficients(new double[] {0, 0})).containsExactly(1, 1);
    }

    @Test
    void aModalityBesideSilentOnesIsStopped() {
        assertThat(new OnTheFlyModulation(1).coefficients(new double[] {3, 0})).containsExactly(0, 1);
    }

    @Test
    void alphaMustBeAboveZero() {
        assertThatThrownBy(() -> new OnTheFlyModulation(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("alpha must be above 0 but is 0.0");
    }
}
