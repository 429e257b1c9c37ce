package org.metafusion.testkit;

import java.util.function.IntFunction;
import org.opentest4j.AssertionFailedError;

/**
 * Comparisons whose message tells which element differs, what it is, what was expected and how far off it may be.
 * An expected NaN (a poisoned element that nothing may write) is met by a NaN alone.
 */
public final class TensorAssert {

    private TensorAssert() {}

    /** {@code |got - want| <= 2e-5 max(1, |want|)} for every element. */
    public static void assertClose(String what, double[] want, float[] got) {
        assertClose(what, want, got, Tolerance.FLOAT32);
    }

    /** {@code got} within {@code tolerance} of {@code want}, element by element. */
    public static void assertClose(String what, double[] want, float[] got, Tolerance tolerance) {
        double[] values = new double[got.length];
        for (int i = 0; i < got.length; i++) {
            values[i] = got[i];
        }
        assertClose(what, want, values, tolerance);
    }

    /** {@code got} within {@code tolerance} of {@code want}, element by element. */
    public static void assertClose(String what, double[] want, double[] got, Tolerance tolerance) {
        compare(what, want, got, tolerance, index -> "element " + index);
    }

    /** {@code got} within {@code tolerance} of {@code want}, element by element; shapes must agree. */
    public static void assertClose(String what, Matrix want, Matrix got, Tolerance tolerance) {
        if (want.rows() != got.rows() || want.cols() != got.cols()) {
            throw new AssertionFailedError(what + ": got [" + got.rows() + ", " + got.cols() + "] but want ["
                    + want.rows() + ", " + want.cols() + "]");
        }
        compare(what, want.values(), got.values(), tolerance, index -> place(want, index));
    }

    /** {@code got} as downloaded, within {@code tolerance} of {@code want}, element by element. */
    public static void assertClose(String what, MatrixStack want, float[] got, Tolerance tolerance) {
        double[] values = new double[got.length];
        for (int i = 0; i < got.length; i++) {
            values[i] = got[i];
        }
        int size = want.rows() * want.cols();
        compare(
                what,
                want.values(),
                values,
                tolerance,
                index ->
                        owner(want, index / size) + ", " + place(want.matrices().get(index / size), index % size));
    }

    /** The same float32 bits, element by element; all NaNs are alike. */
    public static void assertSameBits(String what, float[] want, float[] got) {
        assertLength(what, want.length, got.length);
        for (int i = 0; i < want.length; i++) {
            if (Float.floatToIntBits(want[i]) != Float.floatToIntBits(got[i])) {
                throw new AssertionFailedError(
                        what + ": element " + i + ": got " + got[i] + " but want the same bits as " + want[i],
                        want[i],
                        got[i]);
            }
        }
    }

    private static void compare(
            String what, double[] want, double[] got, Tolerance tolerance, IntFunction<String> place) {
        assertLength(what, want.length, got.length);
        int first = -1;
        int wrong = 0;
        for (int i = 0; i < want.length; i++) {
            if (!tolerance.accepts(want[i], got[i])) {
                first = wrong++ == 0 ? i : first;
            }
        }
        if (wrong > 0) {
            throw new AssertionFailedError(
                    what + ": " + place.apply(first) + ": got " + got[first] + " but want " + want[first] + " +- "
                            + tolerance.at(want[first]) + "; " + wrong + " of " + want.length + " elements differ",
                    want[first],
                    got[first]);
        }
    }

    private static void assertLength(String what, int want, int got) {
        if (want != got) {
            throw new AssertionFailedError(what + ": got " + got + " elements but want " + want);
        }
    }

    private static String owner(MatrixStack stack, int index) {
        return stack.members().isShared()
                ? "shared"
                : "student " + stack.members().student(index);
    }

    private static String place(Matrix matrix, int index) {
        return "row " + index / matrix.cols() + ", column " + index % matrix.cols();
    }
}
