package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.testkit.FusionReference.Gradients;

final class FusionReferenceTest {

    private final Random random = new Random(12);

    @Test
    void aWorkedRowOfEachOperator() {
        Matrix x = Matrix.of(1, 2, 2, 3);
        Matrix y = Matrix.of(1, 2, 5, 7);

        assertThat(FusionReference.productForward(x, y).values()).containsExactly(10, 21, 14, 15);
        assertThat(FusionReference.tensorForward(x, y, false).values()).containsExactly(10, 14, 15, 21);
        assertThat(FusionReference.tensorForward(x, y, true).values()).containsExactly(10, 14, 2, 15, 21, 3, 5, 7, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void productGradientsAreTheSlopes(int d) {
        Matrix x = Matrix.random(3, d, random);
        Matrix y = Matrix.random(3, d, random);
        Matrix dFused = Matrix.random(3, 2 * d, random);

        assertSlopes(FusionReference::productForward, FusionReference.productBackward(dFused, x, y), dFused, x, y);
    }

    @ParameterizedTest
    @CsvSource({"1,1,false", "1,1,true", "3,4,false", "3,4,true", "5,2,true"})
    void tensorGradientsAreTheSlopes(int d, int e, boolean augmented) {
        Matrix x = Matrix.random(2, d, random);
        Matrix y = Matrix.random(2, e, random);
        Matrix dFused =
                Matrix.random(2, FusionReference.tensorForward(x, y, augmented).cols(), random);

        assertSlopes(
                (left, right) -> FusionReference.tensorForward(left, right, augmented),
                FusionReference.tensorBackward(dFused, x, y, augmented),
                dFused,
                x,
                y);
    }

    private static void assertSlopes(
            BinaryOperator<Matrix> operator, Gradients gradients, Matrix dFused, Matrix x, Matrix y) {
        Matrix slopeX = FiniteDifferences.gradient(at -> FiniteDifferences.dot(dFused, operator.apply(at, y)), x);
        Matrix slopeY = FiniteDifferences.gradient(at -> FiniteDifferences.dot(dFused, operator.apply(x, at)), y);
        TensorAssert.assertClose("dX", slopeX, gradients.dX(), Tolerance.FINITE_DIFFERENCES);
        TensorAssert.assertClose("dY", slopeY, gradients.dY(), Tolerance.FINITE_DIFFERENCES);
    }
}
