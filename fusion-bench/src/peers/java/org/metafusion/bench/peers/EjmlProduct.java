package org.metafusion.bench.peers;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML, single-threaded, as its own documentation multiplies. */
final class EjmlProduct implements PeerProduct {

    private final FMatrixRMaj x;
    private final FMatrixRMaj w;
    private final FMatrixRMaj y;

    EjmlProduct(Operands operands) {
        x = FMatrixRMaj.wrap(operands.n(), operands.in(), operands.x());
        w = FMatrixRMaj.wrap(operands.in(), operands.width(), operands.w());
        y = new FMatrixRMaj(operands.n(), operands.width());
    }

    @Override
    public Object multiply() {
        return CommonOps_FDRM.mult(x, w, y);
    }

    @Override
    public float first() {
        multiply();
        return y.get(0, 0);
    }

    @Override
    public void close() {}
}
