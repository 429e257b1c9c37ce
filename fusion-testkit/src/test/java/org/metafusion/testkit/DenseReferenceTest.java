package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.metafusion.core.tensor.Activation;

final class DenseReferenceTest {

    private final Random random = new Random(11);

    @Test
    void aWorkedLayer() {
        Matrix x = Matrix.of(2, 2, 1, 2, -3, 4);
        Matrix w = Matrix.of(2, 3, 1, 0, -1, 2, 1, 0);
        Matrix y = DenseReference.multiply(DenseReference.bias(2, Matrix.of(1, 3, 10, 20, -30)), x, w);

        assertThat(y.values()).containsExactly(15, 22, -31, 15, 24, -27);
        assertThat(DenseReference.activate(y, Activation.RELU).values()).containsExactly(15, 22, 0, 15, 24, 0);
    }

    @ParameterizedTest
    @CsvSource({"1,1,1", "2,3,4", "5,2,3"})
    void productGradientsAreTheSlopes(int n, int in, int width) {
        Matrix x = Matrix.random(n, in, random);
        Matrix w = Matrix.random(in, width, random);
        Matrix b = Matrix.random(1, width, random);
        Matrix dY = Matrix.random(n, width, random);

        assertSlope(
                "dX",
                DenseReference.inputBackward(dY, w),
                FiniteDifferences.gradient(at -> FiniteDifferences.dot(dY, layer(at, w, b)), x));
        assertSlope(
                "dW",
                DenseReference.weightBackward(x, dY),
                FiniteDifferences.gradient(at -> FiniteDifferences.dot(dY, layer(x, at, b)), w));
        assertSlope(
                "dB",
                DenseReference.biasBackward(dY),
                FiniteDifferences.gradient(at -> FiniteDifferences.dot(dY, layer(x, w, at)), b));
    }

    @ParameterizedTest
    @EnumSource
    void activationGradientsAreTheSlopes(Activation activation) {
        Matrix x = Matrix.random(4, 5, random);
        Matrix dY = Matrix.random(4, 5, random);
        Matrix y = DenseReference.activate(x, activation);

        assertSlope(
                "dX",
                DenseReference.activateBackward(dY, y, activation),
                FiniteDifferences.gradient(
                        at -> FiniteDifferences.dot(dY, DenseReference.activate(at, activation)), x));
    }

    @Test
    void theSlopeOfReluAtZeroIsZero() {
        Matrix gradient = DenseReference.activateBackward(Matrix.of(1, 1, 5), Matrix.zeros(1, 1), Activation.RELU);

        assertThat(gradient.get(0, 0)).isZero();
    }

    @Test
    void dropoutKeepsTheMeanAndScalesTheGradientAlike() {
        Matrix ones = Matrix.filled(400, 50, 1);
        Matrix dropped = DenseReference.dropout(ones, 0.3f, 17, 2);
        Matrix gradient = FiniteDifferences.gradient(
                at -> FiniteDifferences.dot(Matrix.filled(3, 4, 2), DenseReference.dropout(at, 0.3f, 17, 2)),
                Matrix.zeros(3, 4));

        assertThat(FiniteDifferences.dot(ones, dropped) / 20_000).isBetween(0.97, 1.03);
        assertThat(dropped.values()).contains(0).contains(1 / (1 - (double) 0.3f));
        assertSlope("dY", DenseReference.dropout(Matrix.filled(3, 4, 2), 0.3f, 17, 2), gradient);
    }

    private static Matrix layer(Matrix x, Matrix w, Matrix b) {
        return DenseReference.multiply(DenseReference.bias(x.rows(), b), x, w);
    }

    private static void assertSlope(String what, Matrix gradient, Matrix slope) {
        TensorAssert.assertClose(what, slope, gradient, Tolerance.FINITE_DIFFERENCES);
    }
}
