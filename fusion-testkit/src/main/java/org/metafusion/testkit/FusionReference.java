package org.metafusion.testkit;

/** One student's product and tensor fusion in double precision, straight from the formulas. */
public final class FusionReference {

    private FusionReference() {}

    /**
     * The gradients of a fusion operator.
     *
     * @param dX shape of x
     * @param dY shape of y
     */
    public record Gradients(Matrix dX, Matrix dY) {}

    /** {@code fused[j] = x[j] y[j]}, {@code fused[d + j] = x[j] y[d - 1 - j]}; {@code x, y [n, d]}. */
    public static Matrix productForward(Matrix x, Matrix y) {
        int d = x.cols();
        Matrix fused = Matrix.zeros(x.rows(), 2 * d);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < d; j++) {
                fused.set(i, j, x.get(i, j) * y.get(i, j));
                fused.set(i, d + j, x.get(i, j) * y.get(i, d - 1 - j));
            }
        }
        return fused;
    }

    /** Each product {@code x[a] y[b]} of the forward pass gives {@code dX[a] += dF y[b]} and {@code dY[b] += dF x[a]}. */
    public static Gradients productBackward(Matrix dFused, Matrix x, Matrix y) {
        int d = x.cols();
        Gradients gradients = new Gradients(Matrix.zeros(x.rows(), d), Matrix.zeros(y.rows(), d));
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < d; j++) {
                gradients.dX.add(i, j, dFused.get(i, j) * y.get(i, j));
                gradients.dY.add(i, j, dFused.get(i, j) * x.get(i, j));
                gradients.dX.add(i, j, dFused.get(i, d + j) * y.get(i, d - 1 - j));
                gradients.dY.add(i, d - 1 - j, dFused.get(i, d + j) * x.get(i, j));
            }
        }
        return gradients;
    }

    /**
     * {@code fused[a e + b] = x[a] y[b]}, {@code x [n, d]}, {@code y [n, e]}; augmented, of {@code [x ; 1]} and
     * {@code [y ; 1]}.
     */
    public static Matrix tensorForward(Matrix x, Matrix y, boolean augmented) {
        Matrix left = augmented ? withOne(x) : x;
        Matrix right = augmented ? withOne(y) : y;
        Matrix fused = Matrix.zeros(x.rows(), left.cols() * right.cols());
        for (int i = 0; i < x.rows(); i++) {
            for (int a = 0; a < left.cols(); a++) {
                for (int b = 0; b < right.cols(); b++) {
                    fused.set(i, a * right.cols() + b, left.get(i, a) * right.get(i, b));
                }
            }
        }
        return fused;
    }

    /** {@code dX[a] = sum_b dF[a e + b] y[b]} and {@code dY[b] = sum_a dF[a e + b] x[a]}, the appended 1 included. */
    public static Gradients tensorBackward(Matrix dFused, Matrix x, Matrix y, boolean augmented) {
        Matrix left = augmented ? withOne(x) : x;
        Matrix right = augmented ? withOne(y) : y;
        Gradients gradients = new Gradients(Matrix.zeros(x.rows(), x.cols()), Matrix.zeros(y.rows(), y.cols()));
        for (int i = 0; i < x.rows(); i++) {
            for (int a = 0; a < left.cols(); a++) {
                for (int b = 0; b < right.cols(); b++) {
                    double gradient = dFused.get(i, a * right.cols() + b);
                    if (a < x.cols()) {
                        gradients.dX.add(i, a, gradient * right.get(i, b));
                    }
                    if (b < y.cols()) {
                        gradients.dY.add(i, b, gradient * left.get(i, a));
                    }
                }
            }
        }
        return gradients;
    }

    private static Matrix withOne(Matrix matrix) {
        Matrix augmented = Matrix.filled(matrix.rows(), matrix.cols() + 1, 1);
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.cols(); j++) {
                augmented.set(i, j, matrix.get(i, j));
            }
        }
        return augmented;
    }
}
