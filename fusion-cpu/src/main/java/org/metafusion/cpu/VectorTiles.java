package org.metafusion.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Micro-kernels of {@link VectorProducts}: a tile of {@code c} is kept in registers, one local variable a vector, while
 * the inner dimension runs. Long because unrolled: vectors in arrays, or passed to a method that is not inlined, would
 * be boxed (50 times slower).
 *
 * <p>Rows of {@code a} past {@link Tile#rows} repeat the last one, so that every tile runs the same code.
 */
final class VectorTiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    private VectorTiles() {}

    /** One tile: {@code c [rows, vectors] (+)= a b}, {@code b} packed {@code [depth, vectors]}. */
    static final class Tile {
        private static final float[] NONE = new float[0];

        float[] a = NONE;
        int aAt;
        int aRow;
        int aStep;
        float[] b = NONE;
        int bAt;
        float[] c = NONE;
        int cAt;
        int cRow;
        int rows;
        int depth;
        boolean accumulate;
    }

    /** 6 rows of 4 vectors. */
    static void sixByFour(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        float[] c = t.c;
        int step = t.aStep;
        int a0 = t.aAt;
        int a1 = a0 + (t.rows > 1 ? t.aRow : 0);
        int a2 = a1 + (t.rows > 2 ? t.aRow : 0);
        int a3 = a2 + (t.rows > 3 ? t.aRow : 0);
        int a4 = a3 + (t.rows > 4 ? t.aRow : 0);
        int a5 = a4 + (t.rows > 5 ? t.aRow : 0);
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = FloatVector.zero(SPECIES);
        FloatVector c02 = FloatVector.zero(SPECIES);
        FloatVector c03 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        FloatVector c12 = FloatVector.zero(SPECIES);
        FloatVector c13 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c21 = FloatVector.zero(SPECIES);
        FloatVector c22 = FloatVector.zero(SPECIES);
        FloatVector c23 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c31 = FloatVector.zero(SPECIES);
        FloatVector c32 = FloatVector.zero(SPECIES);
        FloatVector c33 = FloatVector.zero(SPECIES);
        FloatVector c40 = FloatVector.zero(SPECIES);
        FloatVector c41 = FloatVector.zero(SPECIES);
        FloatVector c42 = FloatVector.zero(SPECIES);
        FloatVector c43 = FloatVector.zero(SPECIES);
        FloatVector c50 = FloatVector.zero(SPECIES);
        FloatVector c51 = FloatVector.zero(SPECIES);
        FloatVector c52 = FloatVector.zero(SPECIES);
        FloatVector c53 = FloatVector.zero(SPECIES);
        int end = t.depth * step;
        int at = t.bAt;
        for (int k = 0; k < end; k += step) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, at + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, b, at + 3 * LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            c02 = x0.fma(b2, c02);
            c03 = x0.fma(b3, c03);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            c12 = x1.fma(b2, c12);
            c13 = x1.fma(b3, c13);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            c22 = x2.fma(b2, c22);
            c23 = x2.fma(b3, c23);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            c32 = x3.fma(b2, c32);
            c33 = x3.fma(b3, c33);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            c42 = x4.fma(b2, c42);
            c43 = x4.fma(b3, c43);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            c50 = x5.fma(b0, c50);
            c51 = x5.fma(b1, c51);
            c52 = x5.fma(b2, c52);
            c53 = x5.fma(b3, c53);
            at += 4 * LANES;
        }
        int row = t.cAt;
        if (t.accumulate) {
            c00 = c00.add(FloatVector.fromArray(SPECIES, c, row));
            c01 = c01.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            c02 = c02.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES));
            c03 = c03.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES));
            row += t.cRow;
            c10 = c10.add(FloatVector.fromArray(SPECIES, c, row));
            c11 = c11.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            c12 = c12.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES));
            c13 = c13.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES));
            row += t.cRow;
            c20 = c20.add(FloatVector.fromArray(SPECIES, c, row));
            c21 = c21.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            c22 = c22.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES));
            c23 = c23.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES));
            row += t.cRow;
            c30 = c30.add(FloatVector.fromArray(SPECIES, c, row));
            c31 = c31.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            c32 = c32.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES));
            c33 = c33.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES));
            row += t.cRow;
            c40 = c40.add(FloatVector.fromArray(SPECIES, c, row));
            c41 = c41.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            c42 = c42.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES));
            c43 = c43.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES));
            row += t.cRow;
            c50 = c50.add(FloatVector.fromArray(SPECIES, c, row));
            c51 = c51.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            c52 = c52.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES));
            c53 = c53.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES));
            row = t.cAt;
        }
        c00.intoArray(c, row);
        c01.intoArray(c, row + LANES);
        c02.intoArray(c, row + 2 * LANES);
        c03.intoArray(c, row + 3 * LANES);
        row += t.cRow;
        c10.intoArray(c, row);
        c11.intoArray(c, row + LANES);
        c12.intoArray(c, row + 2 * LANES);
        c13.intoArray(c, row + 3 * LANES);
        row += t.cRow;
        c20.intoArray(c, row);
        c21.intoArray(c, row + LANES);
        c22.intoArray(c, row + 2 * LANES);
        c23.intoArray(c, row + 3 * LANES);
        row += t.cRow;
        c30.intoArray(c, row);
        c31.intoArray(c, row + LANES);
        c32.intoArray(c, row + 2 * LANES);
        c33.intoArray(c, row + 3 * LANES);
        row += t.cRow;
        c40.intoArray(c, row);
        c41.intoArray(c, row + LANES);
        c42.intoArray(c, row + 2 * LANES);
        c43.intoArray(c, row + 3 * LANES);
        row += t.cRow;
        c50.intoArray(c, row);
        c51.intoArray(c, row + LANES);
        c52.intoArray(c, row + 2 * LANES);
        c53.intoArray(c, row + 3 * LANES);
    }

    /** 6 rows of 2 vectors. */
    static void sixByTwo(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        float[] c = t.c;
        int step = t.aStep;
        int a0 = t.aAt;
        int a1 = a0 + (t.rows > 1 ? t.aRow : 0);
        int a2 = a1 + (t.rows > 2 ? t.aRow : 0);
        int a3 = a2 + (t.rows > 3 ? t.aRow : 0);
        int a4 = a3 + (t.rows > 4 ? t.aRow : 0);
        int a5 = a4 + (t.rows > 5 ? t.aRow : 0);
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c01 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c11 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c21 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c31 = FloatVector.zero(SPECIES);
        FloatVector c40 = FloatVector.zero(SPECIES);
        FloatVector c41 = FloatVector.zero(SPECIES);
        FloatVector c50 = FloatVector.zero(SPECIES);
        FloatVector c51 = FloatVector.zero(SPECIES);
        int end = t.depth * step;
        int at = t.bAt;
        for (int k = 0; k < end; k += step) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            c50 = x5.fma(b0, c50);
            c51 = x5.fma(b1, c51);
            at += 2 * LANES;
        }
        int row = t.cAt;
        if (t.accumulate) {
            c00 = c00.add(FloatVector.fromArray(SPECIES, c, row));
            c01 = c01.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            row += t.cRow;
            c10 = c10.add(FloatVector.fromArray(SPECIES, c, row));
            c11 = c11.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            row += t.cRow;
            c20 = c20.add(FloatVector.fromArray(SPECIES, c, row));
            c21 = c21.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            row += t.cRow;
            c30 = c30.add(FloatVector.fromArray(SPECIES, c, row));
            c31 = c31.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            row += t.cRow;
            c40 = c40.add(FloatVector.fromArray(SPECIES, c, row));
            c41 = c41.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            row += t.cRow;
            c50 = c50.add(FloatVector.fromArray(SPECIES, c, row));
            c51 = c51.add(FloatVector.fromArray(SPECIES, c, row + LANES));
            row = t.cAt;
        }
        c00.intoArray(c, row);
        c01.intoArray(c, row + LANES);
        row += t.cRow;
        c10.intoArray(c, row);
        c11.intoArray(c, row + LANES);
        row += t.cRow;
        c20.intoArray(c, row);
        c21.intoArray(c, row + LANES);
        row += t.cRow;
        c30.intoArray(c, row);
        c31.intoArray(c, row + LANES);
        row += t.cRow;
        c40.intoArray(c, row);
        c41.intoArray(c, row + LANES);
        row += t.cRow;
        c50.intoArray(c, row);
        c51.intoArray(c, row + LANES);
    }

    /** 8 rows of 1 vector. */
    static void eightByOne(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        float[] c = t.c;
        int step = t.aStep;
        int a0 = t.aAt;
        int a1 = a0 + (t.rows > 1 ? t.aRow : 0);
        int a2 = a1 + (t.rows > 2 ? t.aRow : 0);
        int a3 = a2 + (t.rows > 3 ? t.aRow : 0);
        int a4 = a3 + (t.rows > 4 ? t.aRow : 0);
        int a5 = a4 + (t.rows > 5 ? t.aRow : 0);
        int a6 = a5 + (t.rows > 6 ? t.aRow : 0);
        int a7 = a6 + (t.rows > 7 ? t.aRow : 0);
        FloatVector c00 = FloatVector.zero(SPECIES);
        FloatVector c10 = FloatVector.zero(SPECIES);
        FloatVector c20 = FloatVector.zero(SPECIES);
        FloatVector c30 = FloatVector.zero(SPECIES);
        FloatVector c40 = FloatVector.zero(SPECIES);
        FloatVector c50 = FloatVector.zero(SPECIES);
        FloatVector c60 = FloatVector.zero(SPECIES);
        FloatVector c70 = FloatVector.zero(SPECIES);
        int end = t.depth * step;
        int at = t.bAt;
        for (int k = 0; k < end; k += step) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
            c00 = x0.fma(b0, c00);
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
            c10 = x1.fma(b0, c10);
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
            c20 = x2.fma(b0, c20);
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
            c30 = x3.fma(b0, c30);
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
            c40 = x4.fma(b0, c40);
            FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
            c50 = x5.fma(b0, c50);
            FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
            c60 = x6.fma(b0, c60);
            FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
            c70 = x7.fma(b0, c70);
            at += LANES;
        }
        int row = t.cAt;
        if (t.accumulate) {
            c00 = c00.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c10 = c10.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c20 = c20.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c30 = c30.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c40 = c40.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c50 = c50.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c60 = c60.add(FloatVector.fromArray(SPECIES, c, row));
            row += t.cRow;
            c70 = c70.add(FloatVector.fromArray(SPECIES, c, row));
            row = t.cAt;
        }
        c00.intoArray(c, row);
        row += t.cRow;
        c10.intoArray(c, row);
        row += t.cRow;
        c20.intoArray(c, row);
        row += t.cRow;
        c30.intoArray(c, row);
        row += t.cRow;
        c40.intoArray(c, row);
        row += t.cRow;
        c50.intoArray(c, row);
        row += t.cRow;
        c60.intoArray(c, row);
        row += t.cRow;
        c70.intoArray(c, row);
    }
}
