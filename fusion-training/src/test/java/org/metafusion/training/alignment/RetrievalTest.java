package org.metafusion.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class RetrievalTest {

    @Test
    void countsTheRowsWhoseCounterpartIsAmongTheNearest() {
        // on a circle: each counterpart lies a little before its query, that of the last row opposite, where it is
        // nearer
        // to the query of row 9 than that one's own
        int n = 20;
        float[] queries = new float[2 * n];
        float[] candidates = new float[2 * n];
        for (int i = 0; i < n; i++) {
            double angle = 2 * Math.PI * i / n;
            double other = i == n - 1 ? angle + Math.PI : angle - 0.05;
            queries[2 * i] = (float) Math.cos(angle);
            queries[2 * i + 1] = (float) Math.sin(angle);
            candidates[2 * i] = (float) (3 * Math.cos(other));
            candidates[2 * i + 1] = (float) (3 * Math.sin(other));
        }
        Retrieval retrieval = Retrieval.of("x", "z", queries, candidates, n);
        assertThat(retrieval.recall().keySet()).containsExactly(1, 5, 10);
        assertThat(retrieval.recall().get(1)).isCloseTo(0.9, within(1e-12));
        assertThat(retrieval.recall()).containsEntry(5, 0.95).containsEntry(10, 0.95);
        assertThat(retrieval.medianRank()).isEqualTo(1);
    }

    @Test
    void whatSaysNothingIsCountedAsGuessing() {
        Retrieval chance = Retrieval.chance("x", "z", 40);
        assertThat(chance.recall().get(1)).isCloseTo(1 / 40.0, within(1e-12));
        assertThat(chance.recall().get(10)).isCloseTo(0.25, within(1e-12));
        assertThat(chance.medianRank()).isCloseTo(20.5, within(1e-12));
        assertThat(Retrieval.chance("x", "z", 3).recall()).containsEntry(5, 1.0);
    }

    @Test
    void withoutRowsThereAreNoFigures() {
        assertThat(Retrieval.chance("x", "z", 0).recall()).containsEntry(1, Double.NaN);
    }
}
