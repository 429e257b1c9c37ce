package org.metafusion.cuda;

import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.checked.Operands;

/** The operands of the call being made. */
final class CudaCall extends Operands<CudaTensor> {

    private final CudaBackend backend;

    CudaCall(CudaBackend backend) {
        this.backend = backend;
    }

    CudaCall begun(String operation) {
        begin(operation);
        return this;
    }

    /** The matrices of an operand for the students the call runs for. */
    Table table(int operand) {
        return operand(operand).table(students());
    }

    @Override
    protected CudaTensor own(String operation, String name, Tensor tensor) {
        return backend.own(operation, name, tensor);
    }

    @Override
    protected boolean isWhole(CudaTensor tensor) {
        return tensor.offsetOf(0) == 0;
    }
}
