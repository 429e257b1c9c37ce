package org.metafusion.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Micro-kernels of {@link VectorProducts}, {@code c += a b} for a tile of {@code c} that is kept in registers while the
 * inner dimension runs. One local variable a vector and everything unrolled, because vectors in arrays, or passed to a
 * method that is not inlined, would be boxed (50 times slower). Three more things keep the compiled loop free of spills,
 * each of which cost a third of the speed in about every other JVM, depending on the profile:
 *
 * <ul>
 *   <li>5 rows and not the 6 that fit: 20 sums, 4 vectors of {@code b} and one of {@code a} leave registers over;
 *   <li>the rows of {@code a} are reached by adding one stride again and again, not by an index each: integers that do
 *       not fit are put into vector registers;
 *   <li>{@code c} is touched after the loop only, and no vector is merged from two branches.
 * </ul>
 */
final class VectorTiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    static final int ROWS = 5;
    static final int NARROW_ROWS = 8;

    private static final float[] LANE_NUMBERS = new float[LANES];

    static {
        for (int i = 0; i < LANES; i++) {
            LANE_NUMBERS[i] = i;
        }
    }

    private VectorTiles() {}

    /** Where a tile's operands lie: the first element of each and the steps between rows and along the inner dimension. */
    static final class Tile {
        private static final float[] NONE = new float[0];

        float[] a = NONE;
        int aAt;
        int aRow;
        int aStep;
        float[] b = NONE;
        int bAt;
        int bStep;
        float[] c = NONE;
        int cAt;
        int cRow;
        int depth;
        /** Rows at the top that are computed but not written. */
        int skip;
        /** Columns that are written, of a tile one vector wide. */
        int used;
    }

    /** {@link #ROWS} rows of four vectors. */
    static void fourVectors(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        int aRow = t.aRow;
        int aStep = t.aStep;
        int bStep = t.bStep;
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
        int end = t.aAt + t.depth * aStep;
        int at = t.bAt;
        for (int k = t.aAt; k < end; k += aStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            FloatVector b2 = FloatVector.fromArray(SPECIES, b, at + 2 * LANES);
            FloatVector b3 = FloatVector.fromArray(SPECIES, b, at + 3 * LANES);
            int i = k;
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            c02 = x0.fma(b2, c02);
            c03 = x0.fma(b3, c03);
            i += aRow;
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            c12 = x1.fma(b2, c12);
            c13 = x1.fma(b3, c13);
            i += aRow;
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            c22 = x2.fma(b2, c22);
            c23 = x2.fma(b3, c23);
            i += aRow;
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            c32 = x3.fma(b2, c32);
            c33 = x3.fma(b3, c33);
            i += aRow;
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i]);
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            c42 = x4.fma(b2, c42);
            c43 = x4.fma(b3, c43);
            at += bStep;
        }
        float[] c = t.c;
        int row = t.cAt;
        if (t.skip == 0) {
            c00.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c01.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
            c02.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES)).intoArray(c, row + 2 * LANES);
            c03.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES)).intoArray(c, row + 3 * LANES);
        }
        row += t.cRow;
        if (t.skip <= 1) {
            c10.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c11.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
            c12.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES)).intoArray(c, row + 2 * LANES);
            c13.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES)).intoArray(c, row + 3 * LANES);
        }
        row += t.cRow;
        if (t.skip <= 2) {
            c20.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c21.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
            c22.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES)).intoArray(c, row + 2 * LANES);
            c23.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES)).intoArray(c, row + 3 * LANES);
        }
        row += t.cRow;
        if (t.skip <= 3) {
            c30.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c31.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
            c32.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES)).intoArray(c, row + 2 * LANES);
            c33.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES)).intoArray(c, row + 3 * LANES);
        }
        row += t.cRow;
        c40.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        c41.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
        c42.add(FloatVector.fromArray(SPECIES, c, row + 2 * LANES)).intoArray(c, row + 2 * LANES);
        c43.add(FloatVector.fromArray(SPECIES, c, row + 3 * LANES)).intoArray(c, row + 3 * LANES);
    }

    /** {@link #ROWS} rows of two vectors. */
    static void twoVectors(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        int aRow = t.aRow;
        int aStep = t.aStep;
        int bStep = t.bStep;
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
        int end = t.aAt + t.depth * aStep;
        int at = t.bAt;
        for (int k = t.aAt; k < end; k += aStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            FloatVector b1 = FloatVector.fromArray(SPECIES, b, at + LANES);
            int i = k;
            FloatVector x0 = FloatVector.broadcast(SPECIES, a[i]);
            c00 = x0.fma(b0, c00);
            c01 = x0.fma(b1, c01);
            i += aRow;
            FloatVector x1 = FloatVector.broadcast(SPECIES, a[i]);
            c10 = x1.fma(b0, c10);
            c11 = x1.fma(b1, c11);
            i += aRow;
            FloatVector x2 = FloatVector.broadcast(SPECIES, a[i]);
            c20 = x2.fma(b0, c20);
            c21 = x2.fma(b1, c21);
            i += aRow;
            FloatVector x3 = FloatVector.broadcast(SPECIES, a[i]);
            c30 = x3.fma(b0, c30);
            c31 = x3.fma(b1, c31);
            i += aRow;
            FloatVector x4 = FloatVector.broadcast(SPECIES, a[i]);
            c40 = x4.fma(b0, c40);
            c41 = x4.fma(b1, c41);
            at += bStep;
        }
        float[] c = t.c;
        int row = t.cAt;
        if (t.skip == 0) {
            c00.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c01.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
        }
        row += t.cRow;
        if (t.skip <= 1) {
            c10.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c11.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
        }
        row += t.cRow;
        if (t.skip <= 2) {
            c20.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c21.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
        }
        row += t.cRow;
        if (t.skip <= 3) {
            c30.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
            c31.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
        }
        row += t.cRow;
        c40.add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        c41.add(FloatVector.fromArray(SPECIES, c, row + LANES)).intoArray(c, row + LANES);
    }

    /** {@link #NARROW_ROWS} rows of one vector; only its first lanes are added, so whatever lies beside {@code b} may be read. */
    static void oneVector(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        int aRow = t.aRow;
        int aStep = t.aStep;
        int bStep = t.bStep;
        FloatVector c0 = FloatVector.zero(SPECIES);
        FloatVector c1 = FloatVector.zero(SPECIES);
        FloatVector c2 = FloatVector.zero(SPECIES);
        FloatVector c3 = FloatVector.zero(SPECIES);
        FloatVector c4 = FloatVector.zero(SPECIES);
        FloatVector c5 = FloatVector.zero(SPECIES);
        FloatVector c6 = FloatVector.zero(SPECIES);
        FloatVector c7 = FloatVector.zero(SPECIES);
        int end = t.aAt + t.depth * aStep;
        int at = t.bAt;
        for (int k = t.aAt; k < end; k += aStep) {
            FloatVector b0 = FloatVector.fromArray(SPECIES, b, at);
            int i = k;
            c0 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c0);
            i += aRow;
            c1 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c1);
            i += aRow;
            c2 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c2);
            i += aRow;
            c3 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c3);
            i += aRow;
            c4 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c4);
            i += aRow;
            c5 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c5);
            i += aRow;
            c6 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c6);
            i += aRow;
            c7 = FloatVector.broadcast(SPECIES, a[i]).fma(b0, c7);
            at += bStep;
        }
        float[] c = t.c;
        int row = t.cAt;
        FloatVector zero = FloatVector.zero(SPECIES);
        var used = FloatVector.fromArray(SPECIES, LANE_NUMBERS, 0).compare(VectorOperators.LT, (float) t.used);
        if (t.skip == 0) {
            zero.blend(c0, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        if (t.skip <= 1) {
            zero.blend(c1, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        if (t.skip <= 2) {
            zero.blend(c2, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        if (t.skip <= 3) {
            zero.blend(c3, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        if (t.skip <= 4) {
            zero.blend(c4, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        if (t.skip <= 5) {
            zero.blend(c5, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        if (t.skip <= 6) {
            zero.blend(c6, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
        }
        row += t.cRow;
        zero.blend(c7, used).add(FloatVector.fromArray(SPECIES, c, row)).intoArray(c, row);
    }
}
