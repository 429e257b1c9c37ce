package org.metafusion.training.representation;

import java.util.Arrays;
import org.metafusion.core.representation.AffineMap;

/** Products of rows with a matrix on the host, summed in double precision: what frozen representations cost. */
final class RowProducts {

    private RowProducts() {}

    /** {@code x W + b} of each row; {@code values [rows, in]}. */
    static float[] affine(float[] values, int rows, AffineMap map) {
        int in = map.inputs();
        int out = map.outputs();
        float[] results = new float[rows * out];
        double[] sums = new double[out];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < out; c++) {
                sums[c] = map.bias()[c];
            }
            add(values, row * in, in, map.weights(), sums);
            for (int c = 0; c < out; c++) {
                results[row * out + c] = (float) sums[c];
            }
        }
        return results;
    }

    /**
     * {@code sums += x W} for the row of {@code in} values from {@code from}; four inputs at a time, so that each load and
     * store of a sum serves four multiplications.
     *
     * @param weights {@code [in, sums.length]}
     */
    static void add(float[] values, int from, int in, float[] weights, double[] sums) {
        int k = sums.length;
        int j = 0;
        for (; j + 4 <= in; j += 4) {
            addFour(values, from + j, weights, j * k, sums);
        }
        for (; j < in; j++) {
            double x = values[from + j];
            for (int c = 0; c < k; c++) {
                sums[c] += x * weights[j * k + c];
            }
        }
    }

    private static void addFour(float[] values, int from, float[] weights, int w0, double[] sums) {
        int k = sums.length;
        double x0 = values[from];
        double x1 = values[from + 1];
        double x2 = values[from + 2];
        double x3 = values[from + 3];
        int w1 = w0 + k;
        int w2 = w1 + k;
        int w3 = w2 + k;
        for (int c = 0; c < k; c++) {
            sums[c] += x0 * weights[w0 + c] + x1 * weights[w1 + c] + x2 * weights[w2 + c] + x3 * weights[w3 + c];
        }
    }

    /** The squared length of each row. */
    static double[] squaredLengths(float[] values, int rows, int width) {
        double[] lengths = new double[rows];
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int j = 0; j < width; j++) {
                double x = values[row * width + j];
                sum += x * x;
            }
            lengths[row] = sum;
        }
        return lengths;
    }

    /** {@code [columns, rows]} of {@code values [rows, columns]}. */
    static float[] transposed(float[] values, int rows, int columns) {
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < columns; j++) {
                turned[j * rows + row] = values[row * columns + j];
            }
        }
        return turned;
    }

    /** Squared Euclidean distances {@code [rows, rows]} between rows. */
    static double[] squaredDistances(float[] values, int rows, int width) {
        double[] columns = new double[values.length];
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                columns[j * rows + row] = values[row * width + j];
            }
        }
        double[] products = CrossProducts.of(columns, width, rows);
        double[] lengths = new double[rows];
        Arrays.setAll(lengths, i -> products[i * rows + i]);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                products[i * rows + j] = Math.max(0, lengths[i] + lengths[j] - 2 * products[i * rows + j]);
            }
        }
        return products;
    }

    /** The median of the distances between different rows; their mean where that is 0, and 1 where all are. */
    static double medianOff(double[] distances, int rows) {
        double[] off = new double[rows * (rows - 1) / 2];
        int n = 0;
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < i; j++) {
                off[n++] = distances[i * rows + j];
                sum += distances[i * rows + j];
            }
        }
        if (sum == 0) {
            return 1;
        }
        Arrays.sort(off);
        return off[n / 2] > 0 ? off[n / 2] : sum / n;
    }
}
