package org.metafusion.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.metafusion.core.tensor.RowKernel;

/**
 * {@link RowKernel} on the Vector API: four vectors of sums stay in registers while all inputs pass, so that each weight is
 * loaded once and nothing else is. A last vector that would be partly used overlaps the one before it; fewer outputs than
 * lanes go through plain loops, because masked vectors are boxed on JDK 17. Loaded by name only, as {@link VectorProducts}.
 */
final class VectorRowKernel implements RowKernel {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    @Override
    public void dense(float[] y, float[] x, float[] weights, float[] bias) {
        int outputs = bias.length;
        if (outputs < LANES) {
            PLAIN.dense(y, x, weights, bias);
            return;
        }
        int col = 0;
        for (; col + 4 * LANES <= outputs; col += 4 * LANES) {
            fourVectors(y, x, weights, bias, col);
        }
        for (; col + LANES <= outputs; col += LANES) {
            oneVector(y, x, weights, bias, col);
        }
        if (col < outputs) {
            oneVector(y, x, weights, bias, outputs - LANES);
        }
    }

    private static void fourVectors(float[] y, float[] x, float[] w, float[] bias, int col) {
        int outputs = bias.length;
        FloatVector y0 = FloatVector.fromArray(SPECIES, bias, col);
        FloatVector y1 = FloatVector.fromArray(SPECIES, bias, col + LANES);
        FloatVector y2 = FloatVector.fromArray(SPECIES, bias, col + 2 * LANES);
        FloatVector y3 = FloatVector.fromArray(SPECIES, bias, col + 3 * LANES);
        int at = col;
        for (int i = 0; at < w.length; i++) {
            FloatVector factor = FloatVector.broadcast(SPECIES, x[i]);
            y0 = factor.fma(FloatVector.fromArray(SPECIES, w, at), y0);
            y1 = factor.fma(FloatVector.fromArray(SPECIES, w, at + LANES), y1);
            y2 = factor.fma(FloatVector.fromArray(SPECIES, w, at + 2 * LANES), y2);
            y3 = factor.fma(FloatVector.fromArray(SPECIES, w, at + 3 * LANES), y3);
            at += outputs;
        }
        y0.intoArray(y, col);
        y1.intoArray(y, col + LANES);
        y2.intoArray(y, col + 2 * LANES);
        y3.intoArray(y, col + 3 * LANES);
    }

    private static void oneVector(float[] y, float[] x, float[] w, float[] bias, int col) {
        int outputs = bias.length;
        FloatVector sum = FloatVector.fromArray(SPECIES, bias, col);
        int at = col;
        for (int i = 0; at < w.length; i++) {
            sum = FloatVector.broadcast(SPECIES, x[i]).fma(FloatVector.fromArray(SPECIES, w, at), sum);
            at += outputs;
        }
        sum.intoArray(y, col);
    }
}
