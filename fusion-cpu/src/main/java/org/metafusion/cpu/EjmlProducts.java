package org.metafusion.cpu;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** Products by EJML: there on every JVM, and the yardstick for the others. EJML takes no offsets, so operands are copied. */
final class EjmlProducts implements MatrixProducts {

    private final FMatrixRMaj a = new FMatrixRMaj(1, 1);
    private final FMatrixRMaj b = new FMatrixRMaj(1, 1);
    private final FMatrixRMaj c = new FMatrixRMaj(1, 1);

    @Override
    public void multiplyAdd(Product p) {
        load(a, p.a, p.aAt, p.rows, p.inner);
        load(b, p.b, p.bAt, p.inner, p.cols);
        load(c, p.c, p.cAt, p.rows, p.cols);
        if (p.inner > 0) {
            CommonOps_FDRM.multAdd(a, b, c);
        }
        store(p);
    }

    @Override
    public void leftTransposed(Product p) {
        load(a, p.a, p.aAt, p.inner, p.rows);
        load(b, p.b, p.bAt, p.inner, p.cols);
        c.reshape(p.rows, p.cols);
        CommonOps_FDRM.multTransA(a, b, c);
        store(p);
    }

    @Override
    public void rightTransposed(Product p) {
        load(a, p.a, p.aAt, p.rows, p.inner);
        load(b, p.b, p.bAt, p.cols, p.inner);
        c.reshape(p.rows, p.cols);
        CommonOps_FDRM.multTransB(a, b, c);
        store(p);
    }

    private static void load(FMatrixRMaj matrix, float[] source, int at, int rows, int cols) {
        matrix.reshape(rows, cols);
        System.arraycopy(source, at, matrix.data, 0, rows * cols);
    }

    private void store(Product p) {
        System.arraycopy(c.data, 0, p.c, p.cAt, p.rows * p.cols);
    }
}
