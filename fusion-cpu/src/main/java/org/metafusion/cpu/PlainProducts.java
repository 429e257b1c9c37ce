package org.metafusion.cpu;

import java.util.Arrays;

/**
 * Products in plain Java loops that the JIT turns into vector code, for JVMs without the Vector API.
 *
 * <p>{@code b} is packed into panels of 64 (or, for a narrow rest, 16) columns and those into blocks of eight rows, each
 * an array of its own; a row of {@code c} collects eight scaled rows of {@code b} a pass. The shape of the inner loop is
 * what the JDK 17 compiler vectorises: a constant trip count, one array stored to, every array entered at offset 0.
 * Entered at an offset the same loop runs at a fifth of the speed.
 */
final class PlainProducts implements MatrixProducts {

    private static final int BLOCK = 8;
    private static final int WIDE = 64;
    private static final int NARROW = 16;

    private final float[] row = new float[WIDE];
    private final float[] rest = new float[BLOCK];
    private float[][] wide = new float[0][];
    private float[][] narrow = new float[0][];

    @Override
    public void multiplyAdd(Product p) {
        run(p, p.inner, 1, p.cols, 1, true);
    }

    @Override
    public void leftTransposed(Product p) {
        run(p, 1, p.rows, p.cols, 1, false);
    }

    @Override
    public void rightTransposed(Product p) {
        run(p, p.inner, 1, 1, p.inner, false);
    }

    /** Element (i, k) of a lies at {@code i aRow + k aInner}, element (k, j) of b at {@code k bInner + j bCol}. */
    private void run(Product p, int aRow, int aInner, int bInner, int bCol, boolean accumulate) {
        for (int col = 0; col < p.cols; ) {
            boolean isWide = p.cols - col > 2 * NARROW;
            int width = isWide ? WIDE : NARROW;
            int used = Math.min(width, p.cols - col);
            float[][] panel = isWide ? wide(p.inner) : narrow(p.inner);
            pack(p, p.bAt + col * bCol, bInner, bCol, panel, width, used);
            for (int i = 0; i < p.rows; i++) {
                int cAt = p.cAt + i * p.cols + col;
                if (accumulate) {
                    System.arraycopy(p.c, cAt, row, 0, used);
                } else {
                    Arrays.fill(row, 0f);
                }
                addRow(p, p.aAt + i * aRow, aInner, panel, isWide);
                System.arraycopy(row, 0, p.c, cAt, used);
            }
            col += width;
        }
    }

    private float[][] wide(int inner) {
        wide = grow(wide, inner, WIDE);
        return wide;
    }

    private float[][] narrow(int inner) {
        narrow = grow(narrow, inner, NARROW);
        return narrow;
    }

    private static float[][] grow(float[][] blocks, int inner, int width) {
        int count = (inner + BLOCK - 1) / BLOCK;
        return count <= blocks.length ? blocks : new float[count][BLOCK * width];
    }

    private static void pack(Product p, int from, int bInner, int bCol, float[][] panel, int width, int used) {
        for (int k = 0; k < p.inner; k++) {
            float[] block = panel[k / BLOCK];
            int to = k % BLOCK * width;
            int at = from + k * bInner;
            if (bCol == 1) {
                System.arraycopy(p.b, at, block, to, used);
            } else {
                for (int j = 0; j < used; j++) {
                    block[to + j] = p.b[at + j * bCol];
                }
            }
        }
        int left = p.inner % BLOCK;
        if (left > 0) { // what the product before left there may be NaN, and 0 times NaN is NaN
            Arrays.fill(panel[p.inner / BLOCK], left * width, BLOCK * width, 0f);
        }
    }

    /** Adds a row of the product to {@link #row}; the last, incomplete block takes zeros for the rows it lacks. */
    private void addRow(Product p, int aAt, int aInner, float[][] panel, boolean isWide) {
        int blocks = p.inner / BLOCK;
        for (int block = 0; block < blocks; block++) {
            add(p.a, aAt + block * BLOCK * aInner, aInner, panel[block], isWide);
        }
        int left = p.inner - blocks * BLOCK;
        if (left > 0) {
            Arrays.fill(rest, 0f);
            for (int k = 0; k < left; k++) {
                rest[k] = p.a[aAt + (blocks * BLOCK + k) * aInner];
            }
            add(rest, 0, 1, panel[blocks], isWide);
        }
    }

    private void add(float[] a, int at, int step, float[] block, boolean isWide) {
        if (isWide) {
            addWide(row, a, at, step, block);
        } else {
            addNarrow(row, a, at, step, block);
        }
    }

    private static void addWide(float[] c, float[] a, int at, int s, float[] b) {
        float a0 = a[at];
        float a1 = a[at + s];
        float a2 = a[at + 2 * s];
        float a3 = a[at + 3 * s];
        float a4 = a[at + 4 * s];
        float a5 = a[at + 5 * s];
        float a6 = a[at + 6 * s];
        float a7 = a[at + 7 * s];
        for (int j = 0; j < WIDE; j++) {
            c[j] += (a0 * b[j] + a1 * b[j + WIDE] + a2 * b[j + 2 * WIDE] + a3 * b[j + 3 * WIDE])
                    + (a4 * b[j + 4 * WIDE] + a5 * b[j + 5 * WIDE] + a6 * b[j + 6 * WIDE] + a7 * b[j + 7 * WIDE]);
        }
    }

    private static void addNarrow(float[] c, float[] a, int at, int s, float[] b) {
        float a0 = a[at];
        float a1 = a[at + s];
        float a2 = a[at + 2 * s];
        float a3 = a[at + 3 * s];
        float a4 = a[at + 4 * s];
        float a5 = a[at + 5 * s];
        float a6 = a[at + 6 * s];
        float a7 = a[at + 7 * s];
        for (int j = 0; j < NARROW; j++) {
            c[j] += (a0 * b[j] + a1 * b[j + NARROW] + a2 * b[j + 2 * NARROW] + a3 * b[j + 3 * NARROW])
                    + (a4 * b[j + 4 * NARROW]
                            + a5 * b[j + 5 * NARROW]
                            + a6 * b[j + 6 * NARROW]
                            + a7 * b[j + 7 * NARROW]);
        }
    }
}
