package org.metafusion.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every provider against a double-precision reference, at offsets, over odd shapes. */
class MatrixProductsTest {

    private static final int[][] SHAPES = {
        {1, 1, 1},
        {2, 3, 4},
        {1, 64, 1},
        {64, 5, 1},
        {6, 7, 64},
        {7, 1, 63},
        {12, 16, 16},
        {13, 17, 33},
        {5, 513, 2},
        {31, 33, 7},
        {64, 60, 10},
        {32, 64, 128},
        {65, 8, 48},
        {121, 130, 97},
        {257, 129, 65},
        {8, 1030, 80},
        {9, 0, 5},
    };
    private static final int OFFSET = 3;

    @ParameterizedTest
    @ValueSource(strings = {"ejml", "plain", "vector"})
    void multiplyAddAddsTheProduct(String provider) {
        MatrixProducts products = InnerLoops.of(provider).create();
        for (int[] s : SHAPES) {
            Product p = product(s, s[0] * s[1], s[1] * s[2]);
            double[] expected = reference(p, s[1], 1, s[2], 1, true);
            double[] scale = reference(absolute(p), s[1], 1, s[2], 1, true);
            products.multiplyAdd(p);
            assertClose(provider, s, p.c, expected, scale);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ejml", "plain", "vector"})
    void leftTransposedOverwrites(String provider) {
        MatrixProducts products = InnerLoops.of(provider).create();
        for (int[] s : SHAPES) {
            Product p = product(s, s[0] * s[1], s[1] * s[2]);
            double[] expected = reference(p, 1, s[0], s[2], 1, false);
            double[] scale = reference(absolute(p), 1, s[0], s[2], 1, false);
            products.leftTransposed(p);
            assertClose(provider, s, p.c, expected, scale);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ejml", "plain", "vector"})
    void rightTransposedOverwrites(String provider) {
        MatrixProducts products = InnerLoops.of(provider).create();
        for (int[] s : SHAPES) {
            Product p = product(s, s[0] * s[1], s[1] * s[2]);
            double[] expected = reference(p, s[1], 1, 1, s[1], false);
            double[] scale = reference(absolute(p), s[1], 1, 1, s[1], false);
            products.rightTransposed(p);
            assertClose(provider, s, p.c, expected, scale);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ejml", "plain", "vector"})
    void notANumberInOneProductIsNotInTheNext(String provider) {
        MatrixProducts products = InnerLoops.of(provider).create();
        for (int[] s : SHAPES) {
            Product spoilt = product(new int[] {64, 64, 64}, 64 * 64, 64 * 64);
            Arrays.fill(spoilt.b, Float.NaN);
            products.multiplyAdd(spoilt);
            Product p = product(s, s[0] * s[1], s[1] * s[2]);
            double[] expected = reference(p, s[1], 1, s[2], 1, true);
            double[] scale = reference(absolute(p), s[1], 1, s[2], 1, true);
            products.multiplyAdd(p);
            assertClose(provider, s, p.c, expected, scale);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ejml", "plain", "vector"})
    void repeatsItsBitsInterpretedAndCompiled(String provider) {
        int[] shape = {13, 37, 71};
        Product first = product(shape, 13 * 37, 37 * 71);
        float[] before = first.c.clone();
        MatrixProducts products = InnerLoops.of(provider).create();
        products.multiplyAdd(first);
        float[] expected = first.c.clone();
        for (int i = 0; i < 3_000; i++) {
            System.arraycopy(before, 0, first.c, 0, before.length);
            products.multiplyAdd(first);
        }
        assertThat(first.c).isEqualTo(expected);
    }

    private static Product product(int[] shape, int aSize, int bSize) {
        Product p = new Product().sizes(shape[0], shape[1], shape[2]);
        Random random = new Random(shape[0] * 31L + shape[1] * 7L + shape[2]);
        p.a = random(random, aSize);
        p.b = random(random, bSize);
        p.c = random(random, shape[0] * shape[2]);
        p.aAt = OFFSET;
        p.bAt = OFFSET;
        p.cAt = OFFSET;
        return p;
    }

    private static float[] random(Random random, int size) {
        float[] values = new float[size + 2 * OFFSET];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * (random.nextInt(50) == 0 ? 100f : 1f);
        }
        return values;
    }

    private static Product absolute(Product p) {
        Product q = new Product().sizes(p.rows, p.inner, p.cols);
        q.a = absolute(p.a);
        q.b = absolute(p.b);
        q.c = absolute(p.c);
        q.aAt = p.aAt;
        q.bAt = p.bAt;
        q.cAt = p.cAt;
        return q;
    }

    private static float[] absolute(float[] values) {
        float[] result = values.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.abs(result[i]);
        }
        return result;
    }

    private static double[] reference(Product p, int aRow, int aInner, int bInner, int bCol, boolean add) {
        double[] c = new double[p.c.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = p.c[i];
        }
        for (int i = 0; i < p.rows; i++) {
            for (int j = 0; j < p.cols; j++) {
                double sum = add ? p.c[p.cAt + i * p.cols + j] : 0;
                for (int k = 0; k < p.inner; k++) {
                    sum += (double) p.a[p.aAt + i * aRow + k * aInner] * p.b[p.bAt + k * bInner + j * bCol];
                }
                c[p.cAt + i * p.cols + j] = sum;
            }
        }
        return c;
    }

    /** Everything outside the matrix must be untouched, too: the arrays are compared whole. */
    private static void assertClose(String provider, int[] shape, float[] actual, double[] expected, double[] scale) {
        for (int i = 0; i < expected.length; i++) {
            double tolerance = Math.abs(scale[i]) * (shape[1] + 2) * 6e-8;
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as("%s %s element %d: %s, expected %s", provider, shape(shape), i, actual[i], expected[i])
                    .isLessThanOrEqualTo(tolerance);
        }
    }

    private static String shape(int[] shape) {
        return "[" + shape[0] + ", " + shape[1] + ", " + shape[2] + "]";
    }
}
