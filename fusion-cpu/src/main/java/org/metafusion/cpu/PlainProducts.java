package org.metafusion.cpu;

import java.util.Arrays;

/**
 * Products in plain Java loops that the JIT turns into vector code, for JVMs without the Vector API.
 *
 * <p>The inner loop adds eight scaled rows of {@code b} to a row of {@code c}: one store for eight products, and a
 * single array stored to, which is all that the JDK 17 compiler vectorises. Outputs narrower than a few vectors are
 * computed transposed, with the loop along the rows.
 */
final class PlainProducts implements MatrixProducts {

    private static final int DEPTH = 8;
    private static final int NARROW = 16;

    private float[] transposed = new float[0];
    private float[] narrow = new float[0];

    @Override
    public void multiplyAdd(Product p) {
        if (p.cols < NARROW && p.rows > p.cols) {
            // c^T = b^T a^T, with a transposed so that its columns are rows
            float[] aT = grow(p.rows * p.inner);
            transpose(p.a, p.aAt, p.rows, p.inner, aT);
            addNarrow(p, aT, 0);
        } else {
            add(p.c, p.cAt, p.rows, p.cols, p.a, p.aAt, p.inner, 1, p.b, p.bAt, p.inner);
        }
    }

    @Override
    public void leftTransposed(Product p) {
        Arrays.fill(p.c, p.cAt, p.cAt + p.rows * p.cols, 0f);
        if (p.cols < NARROW && p.rows > p.cols) {
            addNarrow(p, p.a, p.aAt);
        } else {
            add(p.c, p.cAt, p.rows, p.cols, p.a, p.aAt, 1, p.rows, p.b, p.bAt, p.inner);
        }
    }

    @Override
    public void rightTransposed(Product p) {
        float[] bT = grow(p.cols * p.inner);
        transpose(p.b, p.bAt, p.cols, p.inner, bT);
        Arrays.fill(p.c, p.cAt, p.cAt + p.rows * p.cols, 0f);
        add(p.c, p.cAt, p.rows, p.cols, p.a, p.aAt, p.inner, 1, bT, 0, p.inner);
    }

    /** {@code c += (b^T aT)^T} with {@code aT [inner, rows]}. */
    private void addNarrow(Product p, float[] aT, int aAt) {
        int size = p.rows * p.cols;
        if (narrow.length < size) {
            narrow = new float[size];
        }
        Arrays.fill(narrow, 0, size, 0f);
        add(narrow, 0, p.cols, p.rows, p.b, p.bAt, 1, p.cols, aT, aAt, p.inner);
        for (int row = 0; row < p.rows; row++) {
            for (int col = 0; col < p.cols; col++) {
                p.c[p.cAt + row * p.cols + col] += narrow[col * p.rows + row];
            }
        }
    }

    private float[] grow(int size) {
        if (transposed.length < size) {
            transposed = new float[size];
        }
        return transposed;
    }

    private static void transpose(float[] from, int at, int rows, int cols, float[] to) {
        for (int row = 0; row < rows; row++) {
            for (int col = 0; col < cols; col++) {
                to[col * rows + row] = from[at + row * cols + col];
            }
        }
    }

    /** {@code c += a b}, element (i, k) of {@code a} at {@code aAt + i aRow + k aInner}, the others row-major. */
    private static void add(
            float[] c,
            int cAt,
            int rows,
            int cols,
            float[] a,
            int aAt,
            int aRow,
            int aInner,
            float[] b,
            int bAt,
            int inner) {
        int k = 0;
        for (; k + DEPTH <= inner; k += DEPTH) {
            for (int i = 0; i < rows; i++) {
                int at = aAt + i * aRow + k * aInner;
                addEight(c, cAt + i * cols, cols, a, at, aInner, b, bAt + k * cols);
            }
        }
        for (; k < inner; k++) {
            for (int i = 0; i < rows; i++) {
                addOne(c, cAt + i * cols, cols, a[aAt + i * aRow + k * aInner], b, bAt + k * cols);
            }
        }
    }

    private static void addEight(float[] c, int cAt, int cols, float[] a, int aAt, int aInner, float[] b, int bAt) {
        float a0 = a[aAt];
        float a1 = a[aAt + aInner];
        float a2 = a[aAt + 2 * aInner];
        float a3 = a[aAt + 3 * aInner];
        float a4 = a[aAt + 4 * aInner];
        float a5 = a[aAt + 5 * aInner];
        float a6 = a[aAt + 6 * aInner];
        float a7 = a[aAt + 7 * aInner];
        int b1 = bAt + cols;
        int b2 = b1 + cols;
        int b3 = b2 + cols;
        int b4 = b3 + cols;
        int b5 = b4 + cols;
        int b6 = b5 + cols;
        int b7 = b6 + cols;
        for (int j = 0; j < cols; j++) {
            c[cAt + j] += a0 * b[bAt + j]
                    + a1 * b[b1 + j]
                    + a2 * b[b2 + j]
                    + a3 * b[b3 + j]
                    + (a4 * b[b4 + j] + a5 * b[b5 + j] + a6 * b[b6 + j] + a7 * b[b7 + j]);
        }
    }

    private static void addOne(float[] c, int cAt, int cols, float a, float[] b, int bAt) {
        for (int j = 0; j < cols; j++) {
            c[cAt + j] += a * b[bAt + j];
        }
    }
}
