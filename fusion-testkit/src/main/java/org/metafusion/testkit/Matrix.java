package org.metafusion.testkit;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;

/** A mutable row-major matrix in double precision, for the reference implementations. */
public final class Matrix {

    private final int rows;
    private final int cols;
    private final double[] values;

    private Matrix(int rows, int cols, double[] values) {
        this.rows = rows;
        this.cols = cols;
        this.values = values;
    }

    public static Matrix zeros(int rows, int cols) {
        return new Matrix(rows, cols, new double[rows * cols]);
    }

    public static Matrix filled(int rows, int cols, double value) {
        return zeros(rows, cols).map(ignored -> value);
    }

    /** A matrix of the given values. @throws IllegalArgumentException unless there are {@code rows * cols} */
    public static Matrix of(int rows, int cols, double... values) {
        if (values.length != rows * cols) {
            throw new IllegalArgumentException(
                    "A matrix [" + rows + ", " + cols + "] takes " + rows * cols + " values but got " + values.length);
        }
        return new Matrix(rows, cols, values.clone());
    }

    /**
     * Standard normal values, one in sixteen of them eight times as large: with uniform or purely normal inputs a
     * softmax is near its mean, and a test of it shows little. The values are float32 values.
     */
    public static Matrix random(int rows, int cols, RandomGenerator random) {
        return zeros(rows, cols).map(ignored -> {
            double scale = random.nextInt(16) == 0 ? 8 : 1;
            return (float) (scale * random.nextGaussian());
        });
    }

    public int rows() {
        return rows;
    }

    public int cols() {
        return cols;
    }

    public double get(int row, int col) {
        return values[row * cols + col];
    }

    public void set(int row, int col, double value) {
        values[row * cols + col] = value;
    }

    public void add(int row, int col, double value) {
        values[row * cols + col] += value;
    }

    /** A copy of the values, row-major. */
    public double[] values() {
        return values.clone();
    }

    public Matrix copy() {
        return new Matrix(rows, cols, values.clone());
    }

    /** A new matrix with {@code function} of each value. */
    public Matrix map(DoubleUnaryOperator function) {
        return new Matrix(rows, cols, Arrays.stream(values).map(function).toArray());
    }

    @Override
    public String toString() {
        return "[" + rows + ", " + cols + "] " + Arrays.toString(values);
    }
}
