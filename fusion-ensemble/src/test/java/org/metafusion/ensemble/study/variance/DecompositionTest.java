package org.metafusion.ensemble.study.variance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

class DecompositionTest {

    private static final Task.Regression VALUE = new Task.Regression(List.of("value"));

    @Test
    void twoAnswersOnEitherSideOfTheTruthAreAllVariance() {
        Decomposition parts = Decomposition.of(
                List.of(new double[] {1, 5}, new double[] {3, 5}), new Targets.Values(VALUE, new float[] {2, 2}));
        assertThat(parts.variance()).isCloseTo(0.5, within(1e-12));
        assertThat(parts.bias()).isCloseTo(4.5, within(1e-12));
    }

    @Test
    void thePartsAddUpToTheMeanSquaredError() {
        Random random = new Random(3);
        Task.Classification task = new Task.Classification(List.of("a", "b", "c"));
        int[] labels = random.ints(20, 0, 3).toArray();
        List<double[]> answers =
                random.doubles(4).mapToObj(i -> random.doubles(60).toArray()).toList();
        double error = 0;
        for (double[] answer : answers) {
            for (int i = 0; i < 60; i++) {
                double wanted = labels[i / 3] == i % 3 ? 1 : 0;
                error += (answer[i] - wanted) * (answer[i] - wanted) / 240;
            }
        }
        Decomposition parts = Decomposition.of(answers, new Targets.Labels(task, labels));
        assertThat(parts.error()).isCloseTo(error, within(1e-12));
        assertThat(parts.variance()).isBetween(0.0, error);
    }

    @Test
    void severalAreAveraged() {
        Decomposition mean = Decomposition.mean(List.of(new Decomposition(1, 4), new Decomposition(3, 0)));
        assertThat(mean).isEqualTo(new Decomposition(2, 2));
    }
}
