package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Members;

final class TensorAssertTest {

    @Test
    void tellsWhichElementIsOffAndByHowMuchItMayBe() {
        assertThatThrownBy(() -> TensorAssert.assertClose("y", new double[] {1, 2, -50}, new float[] {1, 2.5f, -51}))
                .isInstanceOf(AssertionError.class)
                .hasMessage("y: element 1: got 2.5 but want 2.0 +- 4.0E-5; 2 of 3 elements differ");
    }

    @Test
    void tellsWhoseElementIsOff() {
        MatrixStack want = MatrixStack.filled(Members.of(1, 4), 2, 3, 1);
        float[] got = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0};

        assertThatThrownBy(() -> TensorAssert.assertClose("y", want, got, new Tolerance(0.5, 0)))
                .hasMessage("y: student 4, row 1, column 2: got 0.0 but want 1.0 +- 0.5; 1 of 12 elements differ");
    }

    @Test
    void aNanIsCloseToAnExpectedNanAlone() {
        double[] poisoned = {Double.NaN};

        assertThatCode(() -> TensorAssert.assertClose("y", poisoned, new float[] {Float.NaN}))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> TensorAssert.assertClose("y", poisoned, new float[] {0}))
                .hasMessageContaining("got 0.0 but want NaN");
        assertThatThrownBy(() -> TensorAssert.assertClose("y", new double[] {0}, new float[] {Float.NaN}))
                .hasMessageContaining("got NaN but want 0.0");
    }

    @Test
    void lengthsAndShapesMustAgree() {
        assertThatThrownBy(() -> TensorAssert.assertClose("y", new double[2], new float[3]))
                .hasMessage("y: got 3 elements but want 2");
        assertThatThrownBy(
                        () -> TensorAssert.assertClose("y", Matrix.zeros(2, 3), Matrix.zeros(3, 2), Tolerance.FLOAT64))
                .hasMessage("y: got [3, 2] but want [2, 3]");
    }

    @Test
    void theSameBitsAreNotJustCloseOnes() {
        assertThatThrownBy(() -> TensorAssert.assertSameBits("y", new float[] {1, 0f}, new float[] {1, -0f}))
                .hasMessage("y: element 1: got -0.0 but want the same bits as 0.0");
    }
}
