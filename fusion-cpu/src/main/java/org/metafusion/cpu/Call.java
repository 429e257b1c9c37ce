package org.metafusion.cpu;

import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.checked.Operands;

/** One operation with its operands, as it is queued. */
final class Call extends Operands<CpuTensor> {

    private final CpuBackend backend;

    /** Settings of the operation; which is which is between the caller and its kernel. */
    final float[] scalars = new float[8];

    long seed;

    @Nullable
    StudentKernel kernel;

    /** Estimated floating-point operations a student. */
    long cost;

    Call(CpuBackend backend) {
        this.backend = backend;
    }

    @Override
    protected void begin(String name) {
        super.begin(name);
    }

    @Override
    protected void clear() {
        super.clear();
        kernel = null;
    }

    @Override
    protected CpuTensor own(String operation, String name, Tensor tensor) {
        return backend.own(operation, name, tensor);
    }

    @Override
    protected boolean isWhole(CpuTensor tensor) {
        return tensor.offsetOf(0) == 0;
    }
}
