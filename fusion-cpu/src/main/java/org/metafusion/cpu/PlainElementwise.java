package org.metafusion.cpu;

import org.metafusion.core.tensor.DropoutMask;

/** Element-wise loops in plain Java. */
final class PlainElementwise implements Elementwise {

    @Override
    public void relu(float[] values, int at, int length) {
        for (int i = at; i < at + length; i++) {
            values[i] = Math.max(0f, values[i]);
        }
    }

    @Override
    public void reluBackward(float[] gradient, int at, float[] output, int outputAt, int length) {
        for (int i = 0; i < length; i++) {
            gradient[at + i] = output[outputAt + i] > 0f ? gradient[at + i] : 0f;
        }
    }

    @Override
    public void add(float[] to, int at, float[] from, int fromAt, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += from[fromAt + i];
        }
    }

    @Override
    public void columnSums(float[] to, int at, float[] from, int fromAt, int rows, int cols) {
        columnSums(to, at, from, fromAt, rows, cols, cols);
    }

    /** Of the first {@code count} columns. */
    void columnSums(float[] to, int at, float[] from, int fromAt, int rows, int cols, int count) {
        java.util.Arrays.fill(to, at, at + count, 0f);
        for (int row = 0; row < rows; row++) {
            add(to, at, from, fromAt + row * cols, count);
        }
    }

    @Override
    public void addScaled(float[] to, int at, float[] from, int fromAt, int length, float factor) {
        for (int i = 0; i < length; i++) {
            to[at + i] += factor * from[fromAt + i];
        }
    }

    @Override
    public void multiply(float[] to, int at, float[] left, int leftAt, float[] right, int rightAt, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = left[leftAt + i] * right[rightAt + i];
        }
    }

    @Override
    public void addProduct(float[] to, int at, float[] left, int leftAt, float[] right, int rightAt, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] += left[leftAt + i] * right[rightAt + i];
        }
    }

    @Override
    public void scale(float[] to, int at, float[] from, int fromAt, int length, float factor) {
        for (int i = 0; i < length; i++) {
            to[at + i] = factor * from[fromAt + i];
        }
    }

    @Override
    public void sigmoid(float[] values, int at, int length) {
        for (int i = at; i < at + length; i++) {
            float x = values[i];
            float e = Exponential.of(-Math.abs(x));
            values[i] = (x < 0f ? e : 1f) / (1f + e);
        }
    }

    @Override
    public void sigmoidBackward(float[] gradient, int at, float[] output, int outputAt, int length) {
        for (int i = 0; i < length; i++) {
            float y = output[outputAt + i];
            gradient[at + i] *= y * (1f - y);
        }
    }

    @Override
    public void exp(float[] to, int at, float[] from, int fromAt, int length) {
        for (int i = 0; i < length; i++) {
            to[at + i] = Exponential.of(from[fromAt + i]);
        }
    }

    @Override
    public void dropout(float[] values, int at, int length, int key, float rate) {
        int threshold = DropoutMask.threshold(rate);
        float kept = 1f - rate;
        for (int i = 0; i < length; i++) {
            values[at + i] = DropoutMask.keeps(key, i, threshold) ? values[at + i] / kept : 0f;
        }
    }
}
