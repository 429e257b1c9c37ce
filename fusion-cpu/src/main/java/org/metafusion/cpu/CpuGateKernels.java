package org.metafusion.cpu;

import org.metafusion.core.tensor.checked.CheckedGateKernels;

/** Gates, row by row; a whole matrix at a time where it is one block of columns. */
final class CpuGateKernels extends CheckedGateKernels<Call> {

    private final CallQueue queue;

    CpuGateKernels(CallQueue queue) {
        this.queue = queue;
    }

    @Override
    protected Call begin(String operation) {
        return queue.begin(operation);
    }

    @Override
    protected void gate(Call call) {
        queue.submit(CpuGateKernels::runGate, call.operand(0).area());
    }

    private static void runGate(Call call, int student, Workspace workspace) {
        CpuTensor out = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor g = call.operand(2);
        int width = x.cols();
        int length = lengthOfRun(width, out.cols(), out.area());
        for (int at = 0; at < out.area(); at += length) {
            int narrow = length == out.area() ? 0 : at / out.cols() * width;
            workspace.elementwise.multiply(
                    out.data(),
                    out.offset(student) + at,
                    x.data(),
                    x.offset(student) + narrow,
                    g.data(),
                    g.offset(student) + at,
                    length);
        }
    }

    /** Elements that lie alike in the wide and the narrow matrix: all if they are equally wide, else a block's row. */
    private static int lengthOfRun(int width, int wide, int area) {
        return width == wide ? area : width;
    }

    @Override
    protected void addGated(Call call) {
        queue.submit(CpuGateKernels::runAddGated, 2L * call.operand(1).area());
    }

    private static void runAddGated(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor g = call.operand(2);
        int width = y.cols();
        int length = lengthOfRun(width, x.cols(), x.area());
        for (int at = 0; at < x.area(); at += length) {
            int narrow = length == x.area() ? 0 : at / x.cols() * width;
            workspace.elementwise.addProduct(
                    y.data(),
                    y.offset(student) + narrow,
                    x.data(),
                    x.offset(student) + at,
                    g.data(),
                    g.offset(student) + at,
                    length);
        }
    }

    @Override
    protected void gateRows(Call call, int column) {
        call.scalars[0] = column;
        queue.submit(CpuGateKernels::runGateRows, call.operand(0).area());
    }

    private static void runGateRows(Call call, int student, Workspace workspace) {
        CpuTensor out = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor g = call.operand(2);
        int gate = g.offset(student) + (int) call.scalars[0];
        for (int row = 0; row < out.rows(); row++) {
            workspace.elementwise.scale(
                    out.data(),
                    out.offset(student) + row * out.cols(),
                    x.data(),
                    x.offset(student) + row * out.cols(),
                    out.cols(),
                    g.data()[gate + row * g.cols()]);
        }
    }

    @Override
    protected void gateRowsBackward(Call call, int column) {
        call.scalars[0] = column;
        queue.submit(CpuGateKernels::runGateRowsBackward, 2L * call.operand(1).area());
    }

    private static void runGateRowsBackward(Call call, int student, Workspace workspace) {
        CpuTensor dG = call.operand(0);
        CpuTensor dOut = call.operand(1);
        CpuTensor x = call.operand(2);
        int gate = dG.offset(student) + (int) call.scalars[0];
        int width = x.cols();
        for (int row = 0; row < x.rows(); row++) {
            dG.data()[gate + row * dG.cols()] = CpuFusionKernels.dot(
                    dOut.data(), dOut.offset(student) + row * width, x.data(), x.offset(student) + row * width, width);
        }
    }
}
