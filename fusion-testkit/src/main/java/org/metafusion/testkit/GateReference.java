package org.metafusion.testkit;

/** One student's gates in double precision, straight from the formulas of {@link org.metafusion.core.tensor.GateKernels}. */
public final class GateReference {

    private GateReference() {}

    /** {@code out[i, c] = x[i, c mod width] g[i, c]}. */
    public static Matrix gate(Matrix x, Matrix g) {
        Matrix out = Matrix.zeros(g.rows(), g.cols());
        for (int i = 0; i < g.rows(); i++) {
            for (int c = 0; c < g.cols(); c++) {
                out.set(i, c, x.get(i, c % x.cols()) * g.get(i, c));
            }
        }
        return out;
    }

    /** {@code y[i, j]} plus the sum over blocks of {@code x[i, b * width + j] g[i, b * width + j]}. */
    public static Matrix addGated(Matrix y, Matrix x, Matrix g) {
        Matrix sum = y.copy();
        for (int i = 0; i < x.rows(); i++) {
            for (int c = 0; c < x.cols(); c++) {
                sum.add(i, c % y.cols(), x.get(i, c) * g.get(i, c));
            }
        }
        return sum;
    }

    /** {@code out[i, j] = x[i, j] g[i, column]}. */
    public static Matrix gateRows(Matrix x, Matrix g, int column) {
        Matrix out = Matrix.zeros(x.rows(), x.cols());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.cols(); j++) {
                out.set(i, j, x.get(i, j) * g.get(i, column));
            }
        }
        return out;
    }

    /** {@code dG} with {@code dG[i, column] = sum over j of dOut[i, j] x[i, j]}. */
    public static Matrix gateRowsBackward(Matrix dG, int column, Matrix dOut, Matrix x) {
        Matrix gradient = dG.copy();
        for (int i = 0; i < x.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < x.cols(); j++) {
                sum += dOut.get(i, j) * x.get(i, j);
            }
            gradient.set(i, column, sum);
        }
        return gradient;
    }
}
