package org.metafusion.ensemble.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.modality.Task;
import org.metafusion.training.representation.TargetScaling;

/** The rules of late fusion on predictions whose mixture can be computed by hand. */
final class LateRuleTest {

    private static final Task CLASSES = new Task.Classification(List.of("a", "b", "c"));
    private static final Task VALUES = new Task.Regression(List.of("y", "z"));
    private static final TargetScaling LOGITS = new TargetScaling(new double[0], new double[0]);
    /** Network outputs 1 and 1 mean 12 and 0.5. */
    private static final TargetScaling UNITS = new TargetScaling(new double[] {10, 0}, new double[] {2, 0.5});

    /** Logits whose softmax are these probabilities, each a row of three. */
    private static double[] logits(double... probabilities) {
        double[] logits = new double[probabilities.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.log(probabilities[i]) + 3 * (i / 3);
        }
        return logits;
    }

    private static double[] mix(Mixture mixture, double[]... outputs) {
        List<double[]> copies = new ArrayList<>();
        Stream.of(outputs).forEach(output -> copies.add(output.clone()));
        return mixture.mix(copies, CLASSES, LOGITS);
    }

    private static double[] mixValues(Mixture mixture, double[]... outputs) {
        List<double[]> copies = new ArrayList<>();
        Stream.of(outputs).forEach(output -> copies.add(output.clone()));
        return mixture.mix(copies, VALUES, UNITS);
    }

    private static final double[] FIRST = logits(0.6, 0.3, 0.1, 0.2, 0.7, 0.1);
    private static final double[] SECOND = logits(0.2, 0.5, 0.3, 0.1, 0.8, 0.1);
    private static final double[] THIRD = logits(0.1, 0.2, 0.7, 0.1, 0.1, 0.8);

    @Test
    void theMeanIsOfProbabilities() {
        assertThat(mix(Mixture.AVERAGE, FIRST, SECOND))
                .containsExactly(new double[] {0.4, 0.4, 0.2, 0.15, 0.75, 0.1}, within(1e-12));
    }

    @Test
    void weightsAreSharesOfTheMean() {
        assertThat(mix(Mixture.weighted(new double[] {3, 1}), FIRST, SECOND))
                .containsExactly(new double[] {0.5, 0.35, 0.15, 0.175, 0.725, 0.1}, within(1e-12));
        assertThat(mixValues(Mixture.weighted(new double[] {3, 1}), new double[] {1, 1}, new double[] {-1, 3}))
                .containsExactly(new double[] {11, 0.75}, within(1e-12));
    }

    /** Products 0.12, 0.15, 0.03 of sum 0.3, and 0.02, 0.56, 0.01 of sum 0.59. */
    @Test
    void expertsMultiply() {
        assertThat(mix(Mixture.SUM, FIRST, SECOND))
                .containsExactly(new double[] {0.4, 0.5, 0.1, 2 / 59.0, 56 / 59.0, 1 / 59.0}, within(1e-12));
    }

    /** Maxima 0.6, 0.5, 0.3 of sum 1.4, and 0.2, 0.8, 0.1 of sum 1.1. */
    @Test
    void theMostCertainSpeaks() {
        assertThat(mix(Mixture.MAXIMUM, FIRST, SECOND))
                .containsExactly(
                        new double[] {6 / 14.0, 5 / 14.0, 3 / 14.0, 2 / 11.0, 8 / 11.0, 1 / 11.0}, within(1e-12));
    }

    /** One vote each and means 0.3, 1/3, 11/30; then two votes for the second class against one. */
    @Test
    void aTieOfVotesGoesToTheLikelier() {
        assertThat(mix(Mixture.VOTE, FIRST, SECOND, THIRD))
                .containsExactly(
                        new double[] {1.3 / 4, (1 + 1 / 3.0) / 4, (1 + 11 / 30.0) / 4, 0.4 / 12, 7.6 / 12, 4 / 12.0},
                        within(1e-12));
    }

    @Test
    void theMedianIsOfEachTarget() {
        assertThat(mixValues(Mixture.MEDIAN, new double[] {1, 9}, new double[] {-1, 2}, new double[] {50, 4}))
                .containsExactly(new double[] {12, 2}, within(1e-12));
        assertThat(mixValues(Mixture.MEDIAN, new double[] {1, 9}, new double[] {-1, 2}))
                .containsExactly(mixValues(Mixture.AVERAGE, new double[] {1, 9}, new double[] {-1, 2}), within(1e-12));
    }

    static Stream<Mixture> ofClasses() {
        return LateRule.of(CLASSES, new double[] {0.5, 0.7, 0.9}).stream().map(LateRule::mixture);
    }

    @ParameterizedTest
    @MethodSource("ofClasses")
    void everyRuleGivesProbabilitiesAndAgreesWithStudentsWhoAgree(Mixture mixture) {
        double[] mixed = mix(mixture, FIRST, SECOND, FIRST);
        for (int row = 0; row < 2; row++) {
            double[] p = {mixed[3 * row], mixed[3 * row + 1], mixed[3 * row + 2]};
            assertThat(p[0] + p[1] + p[2]).isCloseTo(1, within(1e-12));
            assertThat(java.util.Arrays.stream(p)).allMatch(value -> value > 0 && value < 1);
        }
        assertThat(mixed[4]).as("all say the second class").isGreaterThan(0.5);
    }

    @Test
    void onlyRulesThatMeanSomethingAreOffered() {
        assertThat(names(CLASSES, 0.5, 0.7))
                .containsExactly("late", "late weighted", "late product", "late max", "late vote");
        assertThat(names(VALUES, 0.5, 0.7)).containsExactly("late", "late weighted");
        assertThat(names(VALUES, 0.5, 0.7, 0.8)).containsExactly("late", "late weighted", "late median");
        assertThat(names(VALUES, 0, 0.7)).as("no weight of a loss of 0").containsExactly("late");
    }

    private static List<String> names(Task task, double... losses) {
        return LateRule.of(task, losses).stream().map(LateRule::name).toList();
    }
}
