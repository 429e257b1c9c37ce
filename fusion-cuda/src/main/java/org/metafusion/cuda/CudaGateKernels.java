package org.metafusion.cuda;

import org.metafusion.core.tensor.checked.CheckedGateKernels;

/** Gates by {@code gate.cu}. */
final class CudaGateKernels extends CheckedGateKernels<CudaCall> {

    private final CudaBackend backend;
    private final Launcher launcher;

    CudaGateKernels(CudaBackend backend, Launcher launcher) {
        this.backend = backend;
        this.launcher = launcher;
    }

    @Override
    protected CudaCall begin(String operation) {
        return backend.begin(operation);
    }

    @Override
    protected void gate(CudaCall call) {
        CudaTensor out = call.operand(0);
        blocks(call, call.operand(1), out).run(Kernel.GATE, call, (out.area() + 3L) / 4);
    }

    @Override
    protected void addGated(CudaCall call) {
        CudaTensor y = call.operand(0);
        blocks(call, y, call.operand(1)).run(Kernel.ADD_GATED, call, y.area());
    }

    private Launcher blocks(CudaCall call, CudaTensor narrow, CudaTensor wide) {
        return launcher.tables(call, 0, 1, 2)
                .integer(narrow.rows())
                .integer(narrow.cols())
                .integer(wide.cols() / Math.max(1, narrow.cols()));
    }

    @Override
    protected void gateRows(CudaCall call, int column) {
        CudaTensor out = call.operand(0);
        rows(call, out, call.operand(2), column).run(Kernel.GATE_ROWS, call, out.area());
    }

    @Override
    protected void gateRowsBackward(CudaCall call, int column) {
        CudaTensor x = call.operand(2);
        rows(call, x, call.operand(0), column)
                .run(Kernel.GATE_ROWS_BACKWARD, call, (long) x.rows() * Math.min(32, Math.max(1, x.cols())));
    }

    private Launcher rows(CudaCall call, CudaTensor x, CudaTensor gates, int column) {
        return launcher.tables(call, 0, 1, 2)
                .integer(x.rows())
                .integer(x.cols())
                .integer(gates.cols())
                .integer(column);
    }
}
