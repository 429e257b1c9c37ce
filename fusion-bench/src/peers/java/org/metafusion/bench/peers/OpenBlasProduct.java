package org.metafusion.bench.peers;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/** OpenBLAS through JavaCPP; the environment variable {@code OPENBLAS_CORETYPE} chooses its kernels. */
final class OpenBlasProduct implements PeerProduct {

    private final Operands sizes;
    private final FloatPointer x;
    private final FloatPointer w;
    private final FloatPointer y;

    OpenBlasProduct(Operands operands) {
        openblas.blas_set_num_threads(1);
        sizes = operands;
        x = new FloatPointer(operands.x());
        w = new FloatPointer(operands.w());
        y = new FloatPointer((long) operands.n() * operands.width());
    }

    @Override
    public Object multiply() {
        int width = sizes.width();
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasNoTrans,
                sizes.n(),
                width,
                sizes.in(),
                1f,
                x,
                sizes.in(),
                w,
                width,
                0f,
                y,
                width);
        return y;
    }

    @Override
    public float first() {
        multiply();
        return y.get(0);
    }

    @Override
    public void close() {
        x.close();
        w.close();
        y.close();
    }
}
