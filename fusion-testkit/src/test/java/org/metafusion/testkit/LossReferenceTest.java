package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.testkit.LossReference.Loss;
import org.metafusion.testkit.LossReference.Mutual;

final class LossReferenceTest {

    private static final int ROWS = 5;

    private final Random random = new Random(13);

    @ParameterizedTest(name = "rho={0} temperature={1} masked={2}")
    @CsvSource({"0,1,false", "0.7,1,false", "3,0.5,true", "0.7,3,true"})
    void classificationGradientsAreTheSlopesOfEachStudentsOwnLoss(double rho, double temperature, boolean masked) {
        List<Matrix> logits = outputs(3, 4);
        Matrix labels = Matrix.zeros(ROWS, 1).map(ignored -> random.nextInt(4));
        List<Matrix> weights = weights(3, masked);
        Mutual mutual = new Mutual(Matrix.random(3, 3, random).map(Math::abs), rho, temperature);

        assertSlopes(logits, weights, rho, at -> LossReference.classification(at, labels, weights, mutual));
    }

    @ParameterizedTest(name = "rho={0} masked={1}")
    @CsvSource({"0,false", "0.7,false", "3,true"})
    void regressionGradientsAreTheSlopesOfEachStudentsOwnLoss(double rho, boolean masked) {
        List<Matrix> outputs = outputs(3, 2);
        Matrix targets = Matrix.random(ROWS, 2, random);
        List<Matrix> weights = weights(3, masked);
        Mutual mutual = new Mutual(Matrix.random(3, 3, random).map(Math::abs), rho, 1);

        assertSlopes(outputs, weights, rho, at -> LossReference.regression(at, targets, weights, mutual));
    }

    @ParameterizedTest(name = "rho={0} classification={1} masked={2}")
    @CsvSource({"0,false,false", "0.7,false,true", "0,true,false", "2,true,true"})
    void cooperativeGradientsAreTheSlopesOfTheCommonLoss(double rho, boolean classification, boolean masked) {
        List<Matrix> outputs = outputs(2, 3);
        Matrix targets = classification
                ? Matrix.zeros(ROWS, 1).map(ignored -> random.nextInt(3))
                : Matrix.random(ROWS, 3, random);
        List<Matrix> weights = weights(2, masked);
        double[] both = {0, 0};
        for (int i = 0; i < ROWS; i++) {
            both[0] += weights.get(0).get(i, 0) * weights.get(1).get(i, 0);
        }

        List<Matrix> common = Stream.of(Matrix.filled(1, 1, both[0]), Matrix.filled(1, 1, both[0]))
                .toList();
        assertSlopes(outputs, common, rho, at -> LossReference.cooperative(at, targets, weights, rho, classification));
    }

    @Test
    void aWorkedDivergence() {
        List<Matrix> logits = List.of(Matrix.zeros(1, 2), Matrix.of(1, 2, Math.log(3), 0));
        List<Matrix> weights = List.of(Matrix.filled(1, 1, 1), Matrix.filled(1, 1, 1));
        Mutual mutual = new Mutual(Matrix.of(2, 2, 0, 1, 0, 0), 0.5, 1);
        Loss loss = LossReference.classification(logits, Matrix.zeros(1, 1), weights, mutual);

        assertThat(loss.task()[0]).isCloseTo(Math.log(2), within(1e-12));
        assertThat(loss.divergence()[0]).isCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), within(1e-12));
        assertThat(loss.divergence()[1]).isZero();
        assertThat(loss.dOutputs().get(0).get(0, 0)).isCloseTo(-0.5 + 0.5 * (0.5 - 0.75), within(1e-12));
    }

    @Test
    void aStudentWithoutAnyRowHasLossAndGradientZero() {
        List<Matrix> outputs = outputs(2, 3);
        List<Matrix> weights = List.of(Matrix.zeros(ROWS, 1), Matrix.filled(ROWS, 1, 1));
        Mutual mutual = new Mutual(Matrix.filled(2, 2, 1), 0.7, 1);
        Loss loss = LossReference.regression(outputs, Matrix.zeros(ROWS, 3), weights, mutual);

        assertThat(loss.task()[0]).isZero();
        assertThat(loss.divergence()).containsOnly(0);
        assertThat(loss.dOutputs().get(0).values()).containsOnly(0);
        assertThat(loss.task()[1]).isPositive();
    }

    private static void assertSlopes(
            List<Matrix> outputs, List<Matrix> weights, double rho, Function<List<Matrix>, Loss> lossOf) {
        Loss loss = lossOf.apply(outputs);
        for (int s = 0; s < outputs.size(); s++) {
            int student = s;
            double rows = FiniteDifferences.dot(weights.get(s), weights.get(s).map(ignored -> 1));
            Matrix slope = FiniteDifferences.gradient(
                    at -> {
                        List<Matrix> moved = new ArrayList<>(outputs);
                        moved.set(student, at);
                        Loss there = lossOf.apply(moved);
                        return (there.task()[student] + rho * there.divergence()[student]) / rows;
                    },
                    outputs.get(s));
            TensorAssert.assertClose(
                    "dOutputs of student " + s, slope, loss.dOutputs().get(s), Tolerance.FINITE_DIFFERENCES);
        }
    }

    private List<Matrix> outputs(int students, int width) {
        return Stream.generate(() -> Matrix.random(ROWS, width, random))
                .limit(students)
                .toList();
    }

    /** All ones; masked, zeros in a different row for each student, and in row 0 for student 0 and 1. */
    private static List<Matrix> weights(int students, boolean masked) {
        List<Matrix> weights = new ArrayList<>();
        for (int s = 0; s < students; s++) {
            Matrix weight = Matrix.filled(ROWS, 1, 1);
            if (masked) {
                weight.set(s + 1, 0, 0);
                weight.set(0, 0, s < 2 ? 0 : 1);
            }
            weights.add(weight);
        }
        return weights;
    }
}
