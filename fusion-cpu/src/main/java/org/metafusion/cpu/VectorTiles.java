package org.metafusion.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Micro-kernels of {@link VectorProducts}, {@code c += a b} for a tile of {@code c} that is kept in registers while the
 * inner dimension runs. One local variable a vector and everything unrolled, because vectors in arrays, or passed to a
 * method that is not inlined, would be boxed (50 times slower). Four more things keep the compiled loop free of spills,
 * each of which cost a third of the speed in about every other JVM, depending on the profile:
 *
 * <ul>
 *   <li>4 rows, though 6 would fit: 16 sums, 4 vectors of {@code b} and one of {@code a} leave registers over;
 *   <li>the rows of {@code a} are reached by adding one stride again and again, not by an index each: integers that do
 *       not fit are put into vector registers;
 *   <li>few operations: past some 18,000 nodes the compiler inlines late and loses the vectors' shape;
 *   <li>no vector is merged from two branches.
 * </ul>
 *
 * There is no branch but the loop, so that code compiled for the shapes seen first is never thrown away for others.
 */
final class VectorTiles {

    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    static final int ROWS = 4;
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
        float[] c = t.c;
        int cRow = t.cRow;
        int row = t.cAt;
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, row + LANES);
        FloatVector c02 = FloatVector.fromArray(SPECIES, c, row + 2 * LANES);
        FloatVector c03 = FloatVector.fromArray(SPECIES, c, row + 3 * LANES);
        row += cRow;
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, row + LANES);
        FloatVector c12 = FloatVector.fromArray(SPECIES, c, row + 2 * LANES);
        FloatVector c13 = FloatVector.fromArray(SPECIES, c, row + 3 * LANES);
        row += cRow;
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, row + LANES);
        FloatVector c22 = FloatVector.fromArray(SPECIES, c, row + 2 * LANES);
        FloatVector c23 = FloatVector.fromArray(SPECIES, c, row + 3 * LANES);
        row += cRow;
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, row + LANES);
        FloatVector c32 = FloatVector.fromArray(SPECIES, c, row + 2 * LANES);
        FloatVector c33 = FloatVector.fromArray(SPECIES, c, row + 3 * LANES);
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
            at += bStep;
        }
        row = t.cAt;
        c00.intoArray(c, row);
        c01.intoArray(c, row + LANES);
        c02.intoArray(c, row + 2 * LANES);
        c03.intoArray(c, row + 3 * LANES);
        row += cRow;
        c10.intoArray(c, row);
        c11.intoArray(c, row + LANES);
        c12.intoArray(c, row + 2 * LANES);
        c13.intoArray(c, row + 3 * LANES);
        row += cRow;
        c20.intoArray(c, row);
        c21.intoArray(c, row + LANES);
        c22.intoArray(c, row + 2 * LANES);
        c23.intoArray(c, row + 3 * LANES);
        row += cRow;
        c30.intoArray(c, row);
        c31.intoArray(c, row + LANES);
        c32.intoArray(c, row + 2 * LANES);
        c33.intoArray(c, row + 3 * LANES);
    }

    /** {@link #ROWS} rows of two vectors. */
    static void twoVectors(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        int aRow = t.aRow;
        int aStep = t.aStep;
        int bStep = t.bStep;
        float[] c = t.c;
        int cRow = t.cRow;
        int row = t.cAt;
        FloatVector c00 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c01 = FloatVector.fromArray(SPECIES, c, row + LANES);
        row += cRow;
        FloatVector c10 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c11 = FloatVector.fromArray(SPECIES, c, row + LANES);
        row += cRow;
        FloatVector c20 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c21 = FloatVector.fromArray(SPECIES, c, row + LANES);
        row += cRow;
        FloatVector c30 = FloatVector.fromArray(SPECIES, c, row);
        FloatVector c31 = FloatVector.fromArray(SPECIES, c, row + LANES);
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
            at += bStep;
        }
        row = t.cAt;
        c00.intoArray(c, row);
        c01.intoArray(c, row + LANES);
        row += cRow;
        c10.intoArray(c, row);
        c11.intoArray(c, row + LANES);
        row += cRow;
        c20.intoArray(c, row);
        c21.intoArray(c, row + LANES);
        row += cRow;
        c30.intoArray(c, row);
        c31.intoArray(c, row + LANES);
    }

    /** {@link #NARROW_ROWS} rows of one vector; only its first lanes are added, so whatever lies beside {@code b} may be read. */
    static void oneVector(Tile t) {
        float[] a = t.a;
        float[] b = t.b;
        int aRow = t.aRow;
        int aStep = t.aStep;
        int bStep = t.bStep;
        float[] c = t.c;
        int cRow = t.cRow;
        int row = t.cAt;
        FloatVector c0 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c1 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c2 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c3 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c4 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c5 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c6 = FloatVector.fromArray(SPECIES, c, row);
        row += cRow;
        FloatVector c7 = FloatVector.fromArray(SPECIES, c, row);
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
        row = t.cAt;
        var used = FloatVector.fromArray(SPECIES, LANE_NUMBERS, 0).compare(VectorOperators.LT, (float) t.used);
        FloatVector.fromArray(SPECIES, c, row).blend(c0, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c1, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c2, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c3, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c4, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c5, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c6, used).intoArray(c, row);
        row += cRow;
        FloatVector.fromArray(SPECIES, c, row).blend(c7, used).intoArray(c, row);
    }
}
