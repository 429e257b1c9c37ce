package org.metafusion.core.tensor.checked;

import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Gate kernels whose operands are checked. Each protected method does what the public one of its name promises, on
 * operands in that method's order, for {@link Operands#students}.
 *
 * @param <C> the backend's operands
 */
public abstract class CheckedGateKernels<C extends Operands<?>> implements GateKernels {

    /** The backend's operands, begun with this operation. */
    protected abstract C begin(String operation);

    @Override
    public final void gate(Tensor out, Tensor x, Tensor g) {
        C call = begin("gate");
        Tensor to = call.write("out", out);
        call.read("x", x);
        call.read("g", g);
        call.requireShape(2, to.rows(), to.cols());
        call.requireBlocks(1, 0);
        call.runsFor(to.members());
        gate(call);
    }

    protected abstract void gate(C call);

    @Override
    public final void addGated(Tensor y, Tensor x, Tensor g) {
        C call = begin("addGated");
        Tensor to = call.write("y", y);
        Tensor in = call.read("x", x);
        call.read("g", g);
        call.requireShape(2, in.rows(), in.cols());
        call.requireBlocks(0, 1);
        call.runsFor(to.members());
        addGated(call);
    }

    protected abstract void addGated(C call);

    @Override
    public final void gateRows(Tensor out, Tensor x, Tensor g, int column) {
        C call = begin("gateRows");
        Tensor to = call.write("out", out);
        call.read("x", x);
        Tensor gates = call.read("g", g);
        call.requireShape(1, to.rows(), to.cols());
        call.requireShape(2, to.rows(), gates.cols());
        call.requireColumn(2, column);
        call.runsFor(to.members());
        gateRows(call, column);
    }

    protected abstract void gateRows(C call, int column);

    @Override
    public final void gateRowsBackward(Tensor dG, int column, Tensor dOut, Tensor x) {
        C call = begin("gateRowsBackward");
        Tensor to = call.write("dG", dG);
        Tensor gradient = call.read("dOut", dOut);
        call.read("x", x);
        call.requireShape(2, gradient.rows(), gradient.cols());
        call.requireShape(0, gradient.rows(), to.cols());
        call.requireColumn(0, column);
        call.runsFor(to.members());
        gateRowsBackward(call, column);
    }

    /** {@link #gateRowsBackward}; operands are 0 dG, 1 dOut, 2 x. */
    protected abstract void gateRowsBackward(C call, int column);
}
