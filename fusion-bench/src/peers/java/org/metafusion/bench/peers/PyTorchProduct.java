package org.metafusion.bench.peers;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/** PyTorch through DJL, whose CPU build multiplies with MKL. A product allocates its result: DJL has no other. */
final class PyTorchProduct implements PeerProduct {

    private final NDManager manager;
    private final NDArray x;
    private final NDArray w;

    PyTorchProduct(Operands operands) {
        manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        x = manager.create(operands.x(), new Shape(operands.n(), operands.in()));
        w = manager.create(operands.w(), new Shape(operands.in(), operands.width()));
    }

    @Override
    public Object multiply() {
        try (NDArray y = x.matMul(w)) {
            return y;
        }
    }

    @Override
    public float first() {
        try (NDArray y = x.matMul(w)) {
            return y.toFloatArray()[0];
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
