package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.metafusion.training.balance.BlendingWeights.Losses;

final class BlendingWeightsTest {

    private static Losses[] at(double... trainThenValidation) {
        Losses[] losses = new Losses[trainThenValidation.length / 2];
        Arrays.setAll(losses, k -> new Losses(trainThenValidation[2 * k], trainThenValidation[2 * k + 1]));
        return losses;
    }

    @Test
    void theBlendIsGainOverSquaredOverfitting() {
        double[] weights = BlendingWeights.of(at(1, 1, 1, 1), at(0.3, 0.5, 0.6, 0.8));
        double first = 0.5 / (0.2 * 0.2 + 0.02 * 0.02);
        double second = 0.2 / (0.2 * 0.2 + 0.02 * 0.02);
        assertThat(weights[0]).isCloseTo(0.8 * first / (first + second) + 0.1, within(1e-12));
        assertThat(weights[0] + weights[1]).isCloseTo(1, within(1e-12));
    }

    @Test
    void ofTwoThatGainedTheSameTheOneThatOverfittedMoreCountsLess() {
        Random random = new Random(5);
        for (int time = 0; time < 200; time++) {
            double gain = 0.1 + random.nextDouble();
            double little = random.nextDouble();
            double much = little + 0.01 + random.nextDouble();
            double[] weights = BlendingWeights.of(
                    at(2, 2, 2, 2, 2, 2), at(2 - gain - little, 2 - gain, 2 - gain - much, 2 - gain, 1.9, 1.95));
            assertThat(weights[0]).isGreaterThan(weights[1]);
            assertThat(Arrays.stream(weights).sum()).isCloseTo(1, within(1e-12));
            assertThat(Arrays.stream(weights).min().orElseThrow()).isGreaterThan(0.2 / 3 - 1e-12);
        }
    }

    @Test
    void whatGotWorseKeepsAFifthOfAnEqualShare() {
        assertThat(BlendingWeights.of(at(1, 1, 1, 1), at(0.5, 0.6, 0.4, 1.2))[1])
                .isCloseTo(0.1, within(1e-12));
    }

    @Test
    void aWayNoRowCanBeLookedAtInKeepsAFifthOfAnEqualShare() {
        assertThat(BlendingWeights.of(at(1, 1, Double.NaN, Double.NaN), at(0.5, 0.6, Double.NaN, Double.NaN)))
                .containsExactly(new double[] {0.9, 0.1}, within(1e-12));
    }

    @Test
    void whereNothingGeneralisedAllCountTheSame() {
        assertThat(BlendingWeights.of(at(1, 1, 1, 1), at(0.5, 1.1, 0.4, 1.2))).containsExactly(0.5, 0.5);
        assertThat(BlendingWeights.of(at(1, 1, 1, 1), at(Double.NaN, Double.NaN, 0.4, 1.2)))
                .containsExactly(0.5, 0.5);
    }
}
