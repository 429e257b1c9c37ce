package org.metafusion.testkit;

import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DropoutMask;

/** One student's dense layers in double precision, straight from {@link org.metafusion.core.tensor.DenseKernels}. */
public final class DenseReference {

    private DenseReference() {}

    /** {@code y[i][j] = b[j]}, {@code y [n, width]}. */
    public static Matrix bias(int n, Matrix b) {
        Matrix y = Matrix.zeros(n, b.cols());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < b.cols(); j++) {
                y.set(i, j, b.get(0, j));
            }
        }
        return y;
    }

    /** {@code y + x w}, for {@code y [n, width]}, {@code x [n, in]}, {@code w [in, width]}. */
    public static Matrix multiply(Matrix y, Matrix x, Matrix w) {
        Matrix sum = y.copy();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < w.cols(); j++) {
                for (int k = 0; k < x.cols(); k++) {
                    sum.add(i, j, x.get(i, k) * w.get(k, j));
                }
            }
        }
        return sum;
    }

    /** {@code act(y)}. */
    public static Matrix activate(Matrix y, Activation activation) {
        return switch (activation) {
            case IDENTITY -> y.copy();
            case RELU -> y.map(value -> Math.max(0, value));
            case SIGMOID -> y.map(value -> 1 / (1 + Math.exp(-value)));
            case SOFTMAX -> softmax(y);
            case INVERSE_ROOT -> y.map(value -> value > 1e-12f ? 1 / Math.sqrt(value) : 0);
        };
    }

    private static Matrix softmax(Matrix logits) {
        Matrix p = logits.copy();
        for (int i = 0; i < p.rows(); i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int j = 0; j < p.cols(); j++) {
                largest = Math.max(largest, logits.get(i, j));
            }
            double sum = 0;
            for (int j = 0; j < p.cols(); j++) {
                p.set(i, j, Math.exp(logits.get(i, j) - largest));
                sum += p.get(i, j);
            }
            for (int j = 0; j < p.cols(); j++) {
                p.set(i, j, p.get(i, j) / sum);
            }
        }
        return p;
    }

    /** {@code dY * act'(y)} for the activation's output {@code y}. */
    public static Matrix activateBackward(Matrix dY, Matrix y, Activation activation) {
        Matrix gradient = dY.copy();
        for (int i = 0; i < y.rows(); i++) {
            double mean = 0;
            for (int j = 0; j < y.cols(); j++) {
                mean += dY.get(i, j) * y.get(i, j);
            }
            for (int j = 0; j < y.cols(); j++) {
                double output = y.get(i, j);
                double incoming = dY.get(i, j);
                gradient.set(
                        i,
                        j,
                        switch (activation) {
                            case IDENTITY -> incoming;
                            case RELU -> output > 0 ? incoming : 0;
                            case SIGMOID -> incoming * output * (1 - output);
                            case SOFTMAX -> output * (incoming - mean);
                            case INVERSE_ROOT -> incoming * -0.5 * output * output * output;
                        });
            }
        }
        return gradient;
    }

    /** Column sums, {@code [1, width]}. */
    public static Matrix biasBackward(Matrix dY) {
        Matrix dB = Matrix.zeros(1, dY.cols());
        for (int i = 0; i < dY.rows(); i++) {
            for (int j = 0; j < dY.cols(); j++) {
                dB.add(0, j, dY.get(i, j));
            }
        }
        return dB;
    }

    /** {@code x^T dY}, {@code [in, width]}. */
    public static Matrix weightBackward(Matrix x, Matrix dY) {
        return multiply(Matrix.zeros(x.cols(), dY.cols()), transpose(x), dY);
    }

    /** {@code dY w^T}, {@code [n, in]}. */
    public static Matrix inputBackward(Matrix dY, Matrix w) {
        return multiply(Matrix.zeros(dY.rows(), w.rows()), dY, transpose(w));
    }

    /** {@code y + x}. */
    public static Matrix add(Matrix y, Matrix x) {
        Matrix sum = y.copy();
        for (int i = 0; i < y.rows(); i++) {
            for (int j = 0; j < y.cols(); j++) {
                sum.add(i, j, x.get(i, j));
            }
        }
        return sum;
    }

    /** Inverted dropout of one student's matrix: 0 where {@link DropoutMask} drops, else divided by {@code 1 - rate}. */
    public static Matrix dropout(Matrix y, float rate, long seed, int student) {
        int key = DropoutMask.key(seed, student);
        int threshold = DropoutMask.threshold(rate);
        Matrix dropped = y.copy();
        for (int i = 0; i < y.rows(); i++) {
            for (int j = 0; j < y.cols(); j++) {
                boolean kept = DropoutMask.keeps(key, i * y.cols() + j, threshold);
                dropped.set(i, j, kept ? y.get(i, j) / (1.0 - rate) : 0);
            }
        }
        return dropped;
    }

    private static Matrix transpose(Matrix matrix) {
        Matrix transposed = Matrix.zeros(matrix.cols(), matrix.rows());
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                transposed.set(j, i, matrix.get(i, j));
            }
        }
        return transposed;
    }
}
