package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.metafusion.testkit.Matrix;
import org.metafusion.testkit.TensorAssert;
import org.metafusion.testkit.Tolerance;

/** One matrix a student, as the kernels take them: rows after rows in float32. */
record Stack(float[][] matrices) {

    /** Normal values, one in sixteen of them eight times as large. */
    static Stack random(int students, int rows, int cols, long seed) {
        Random random = new Random(seed);
        List<Matrix> matrices = new ArrayList<>();
        for (int s = 0; s < students; s++) {
            matrices.add(Matrix.random(rows, cols, random));
        }
        return of(matrices);
    }

    static Stack of(List<Matrix> matrices) {
        return new Stack(
                matrices.stream().map(matrix -> floats(matrix.values())).toArray(float[][]::new));
    }

    static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** Fails unless every element of {@code got} is close to what {@code want} says. */
    static void assertClose(String what, float[] got, Tolerance tolerance, IntToDoubleFunction want) {
        double[] expected = new double[got.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = want.applyAsDouble(i);
        }
        TensorAssert.assertClose(what, expected, got, tolerance);
    }

    /** Fails unless every element of {@code got} has the bits that {@code want} says. */
    static void assertSame(String what, float[] got, IntToDoubleFunction want) {
        float[] expected = new float[got.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) want.applyAsDouble(i);
        }
        TensorAssert.assertSameBits(what, expected, got);
    }

    int count() {
        return matrices.length;
    }

    float[] of(int student) {
        return matrices[student];
    }
}
