package org.metafusion.ensemble.screening;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DivergenceSchemeTest {

    private final TopPerformers top =
            new TopPerformers(new int[] {0, 1, 0, 1}, 2, new int[] {0, 2}, new double[] {0.9}, "two of four");

    @Test
    void adaptivePullsEveryStudentTowardsTheTopPerformersButNotItself() {
        assertThat(DivergenceScheme.ADAPTIVE.weights(4, top))
                .containsExactly(0, 0, .5f, 0, .5f, 0, .5f, 0, .5f, 0, 0, 0, .5f, 0, .5f, 0);
    }

    @Test
    void allPairsIsTheMeanOverThePeers() {
        float third = 1f / 3;
        assertThat(DivergenceScheme.ALL_PAIRS.weights(4, top))
                .containsExactly(
                        0, third, third, third, third, 0, third, third, third, third, 0, third, third, third, third, 0);
    }

    @Test
    void noneIsAnIndependentCohort() {
        assertThat(DivergenceScheme.NONE.weights(4, top)).containsOnly(0f);
    }

    @Test
    void aLoneStudentLearnsFromNobody() {
        TopPerformers lone = new TopPerformers(new int[] {0}, 1, new int[] {0}, new double[0], "alone");

        for (DivergenceScheme scheme : DivergenceScheme.values()) {
            assertThat(scheme.weights(1, lone)).containsExactly(0f);
        }
    }
}
