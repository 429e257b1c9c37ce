package org.metafusion.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.metafusion.core.tensor.DropoutMask;

/** Element-wise loops on the Vector API; what is left over after whole vectors goes through {@link PlainElementwise}. */
final class VectorElementwise implements Elementwise {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());
    private static final int LANES = FLOATS.length();
    private static final int GOLDEN = 0x9E3779B9;
    private static final int PIECE = 512;

    private final PlainElementwise rest = new PlainElementwise();
    /** A table, since the JDK 17 compiler leaves {@code IntVector.addIndex} to the interpreter's code. */
    private final int[] steps = new int[LANES];

    private final float[] piece = new float[PIECE];

    VectorElementwise() {
        Arrays.setAll(steps, i -> i * GOLDEN);
    }

    @Override
    public void relu(float[] values, int at, int length) {
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, values, at + i).max(0f).intoArray(values, at + i);
        }
        rest.relu(values, at + whole, length - whole);
    }

    @Override
    public void reluBackward(float[] gradient, int at, float[] output, int outputAt, int length) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            var kept = FloatVector.fromArray(FLOATS, output, outputAt + i).compare(VectorOperators.GT, 0f);
            zero.blend(FloatVector.fromArray(FLOATS, gradient, at + i), kept).intoArray(gradient, at + i);
        }
        rest.reluBackward(gradient, at + whole, output, outputAt + whole, length - whole);
    }

    @Override
    public void add(float[] to, int at, float[] from, int fromAt, int length) {
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, to, at + i)
                    .add(FloatVector.fromArray(FLOATS, from, fromAt + i))
                    .intoArray(to, at + i);
        }
        rest.add(to, at + whole, from, fromAt + whole, length - whole);
    }

    /** A vector of sums stays in its register while all rows pass. */
    @Override
    public void columnSums(float[] to, int at, float[] from, int fromAt, int rows, int cols) {
        int whole = FLOATS.loopBound(cols);
        for (int col = 0; col < whole; col += LANES) {
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int row = 0; row < rows; row++) {
                sum = sum.add(FloatVector.fromArray(FLOATS, from, fromAt + row * cols + col));
            }
            sum.intoArray(to, at + col);
        }
        rest.columnSums(to, at + whole, from, fromAt + whole, rows, cols, cols - whole);
    }

    @Override
    public void addScaled(float[] to, int at, float[] from, int fromAt, int length, float factor) {
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, to, at + i)
                    .add(FloatVector.fromArray(FLOATS, from, fromAt + i).mul(factor))
                    .intoArray(to, at + i);
        }
        rest.addScaled(to, at + whole, from, fromAt + whole, length - whole, factor);
    }

    @Override
    public void multiply(float[] to, int at, float[] left, int leftAt, float[] right, int rightAt, int length) {
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, left, leftAt + i)
                    .mul(FloatVector.fromArray(FLOATS, right, rightAt + i))
                    .intoArray(to, at + i);
        }
        rest.multiply(to, at + whole, left, leftAt + whole, right, rightAt + whole, length - whole);
    }

    @Override
    public void addProduct(float[] to, int at, float[] left, int leftAt, float[] right, int rightAt, int length) {
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector product = FloatVector.fromArray(FLOATS, left, leftAt + i)
                    .mul(FloatVector.fromArray(FLOATS, right, rightAt + i));
            FloatVector.fromArray(FLOATS, to, at + i).add(product).intoArray(to, at + i);
        }
        rest.addProduct(to, at + whole, left, leftAt + whole, right, rightAt + whole, length - whole);
    }

    @Override
    public void scale(float[] to, int at, float[] from, int fromAt, int length, float factor) {
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector.fromArray(FLOATS, from, fromAt + i).mul(factor).intoArray(to, at + i);
        }
        rest.scale(to, at + whole, from, fromAt + whole, length - whole, factor);
    }

    /** A piece at a time by way of {@link #exp}: a shared vector function would not be inlined, and box its vectors. */
    @Override
    public void sigmoid(float[] values, int at, int length) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        int whole = FLOATS.loopBound(length);
        for (int from = 0; from < whole; from += PIECE) {
            int count = Math.min(PIECE, whole - from);
            for (int i = 0; i < count; i += LANES) {
                FloatVector.fromArray(FLOATS, values, at + from + i).abs().neg().intoArray(piece, i);
            }
            exp(piece, 0, piece, 0, count);
            for (int i = 0; i < count; i += LANES) {
                FloatVector e = FloatVector.fromArray(FLOATS, piece, i);
                var negative =
                        FloatVector.fromArray(FLOATS, values, at + from + i).compare(VectorOperators.LT, 0f);
                one.blend(e, negative).div(e.add(1f)).intoArray(values, at + from + i);
            }
        }
        rest.sigmoid(values, at + whole, length - whole);
    }

    @Override
    public void sigmoidBackward(float[] gradient, int at, float[] output, int outputAt, int length) {
        FloatVector one = FloatVector.broadcast(FLOATS, 1f);
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector y = FloatVector.fromArray(FLOATS, output, outputAt + i);
            FloatVector.fromArray(FLOATS, gradient, at + i)
                    .mul(y.mul(one.sub(y)))
                    .intoArray(gradient, at + i);
        }
        rest.sigmoidBackward(gradient, at + whole, output, outputAt + whole, length - whole);
    }

    @Override
    public void exp(float[] to, int at, float[] from, int fromAt, int length) {
        FloatVector zero = FloatVector.zero(FLOATS);
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, from, fromAt + i);
            FloatVector rounded = x.mul(Exponential.LOG2_E).add(Exponential.ROUNDER);
            FloatVector n = rounded.sub(Exponential.ROUNDER);
            FloatVector r = x.sub(n.mul(Exponential.LN2_HIGH)).sub(n.mul(Exponential.LN2_LOW));
            FloatVector y = r.mul(Exponential.C0).add(Exponential.C1);
            y = y.mul(r).add(Exponential.C2);
            y = y.mul(r).add(Exponential.C3);
            y = y.mul(r).add(Exponential.C4);
            y = y.mul(r).add(Exponential.C5);
            y = y.mul(r.mul(r)).add(r.add(1f));
            IntVector exponent = rounded.reinterpretAsInts().sub(Exponential.ROUNDER_BITS - 127);
            y = y.mul(exponent.lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats());
            y.blend(zero, x.compare(VectorOperators.LT, Exponential.LOWEST)).intoArray(to, at + i);
        }
        rest.exp(to, at + whole, from, fromAt + whole, length - whole);
    }

    /** {@link DropoutMask#keeps} for a vector of elements; tests compare the two. */
    @Override
    public void dropout(float[] values, int at, int length, int key, float rate) {
        int threshold = DropoutMask.threshold(rate);
        float kept = 1f - rate;
        IntVector lanes = IntVector.fromArray(INTS, steps, 0);
        FloatVector zero = FloatVector.zero(FLOATS);
        int whole = FLOATS.loopBound(length);
        for (int i = 0; i < whole; i += LANES) {
            IntVector h = lanes.add(key + i * GOLDEN);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16))
                    .mul(0x85EBCA6B);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 13))
                    .mul(0xC2B2AE35);
            h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
            var isKept = h.lanewise(VectorOperators.XOR, Integer.MIN_VALUE)
                    .compare(VectorOperators.GE, threshold ^ Integer.MIN_VALUE)
                    .cast(FLOATS);
            FloatVector scaled = FloatVector.fromArray(FLOATS, values, at + i).div(kept);
            zero.blend(scaled, isKept).intoArray(values, at + i);
        }
        for (int i = whole; i < length; i++) {
            values[at + i] = DropoutMask.keeps(key, i, threshold) ? values[at + i] / kept : 0f;
        }
    }
}
