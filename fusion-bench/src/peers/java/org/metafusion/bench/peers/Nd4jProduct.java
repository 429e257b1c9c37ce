package org.metafusion.bench.peers;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native CPU backend, which multiplies with OpenBLAS; all matrices as it likes them best, column-major. */
final class Nd4jProduct implements PeerProduct {

    private final INDArray x;
    private final INDArray w;
    private final INDArray y;

    Nd4jProduct(Operands operands) {
        x = Nd4j.create(operands.x(), new long[] {operands.n(), operands.in()}, 'c').dup('f');
        w = Nd4j.create(operands.w(), new long[] {operands.in(), operands.width()}, 'c').dup('f');
        y = Nd4j.create(new long[] {operands.n(), operands.width()}, 'f');
    }

    @Override
    public Object multiply() {
        return x.mmuli(w, y);
    }

    @Override
    public float first() {
        multiply();
        return y.getFloat(0, 0);
    }

    @Override
    public void close() {
        x.close();
        w.close();
        y.close();
    }
}
