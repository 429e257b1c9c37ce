package org.metafusion.training.network;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The scaling of each row to length {@code sqrt(width)}: {@code y = x r} with {@code r = 1 / sqrt(|x|^2 / width)}, so
 * {@code dX = r dY - x r^3 (x . dY) / width}. A row of zeros stays one, without gradient.
 *
 * @param factors {@code r [n, 1]} of each student
 * @param dFactors its gradient
 * @param share {@code 1 / width} for each row
 * @param twiceShare {@code 2 / width} for each row
 */
record UnitRows(
        DenseKernels dense,
        GateKernels gates,
        Matrices of,
        Tensor factors,
        Tensor dFactors,
        Tensor share,
        Tensor twiceShare)
        implements Stage {

    /** Rows {@code [n, width]} before and after, and where the network trains their gradients. */
    record Matrices(
            Tensor x,
            @Nullable Tensor dX,
            Tensor y,
            @Nullable Tensor dY) {}

    static UnitRows of(TensorBackend backend, TensorArena arena, Members users, Matrices of) {
        int rows = of.x().rows();
        Tensor share = arena.zeros(Members.SHARED, rows, 1);
        Tensor twiceShare = arena.zeros(Members.SHARED, rows, 1);
        backend.fill(share, 1f / of.x().cols());
        backend.fill(twiceShare, 2f / of.x().cols());
        return new UnitRows(
                backend.dense(),
                backend.gates(),
                of,
                arena.zeros(users, rows, 1),
                arena.zeros(users, rows, 1),
                share,
                twiceShare);
    }

    @Override
    public void forward(DropoutSeed dropoutSeed) {
        gates.gateRowsBackward(factors, 0, of.x(), of.x());
        gates.gateRows(factors, factors, share, 0);
        dense.activate(factors, Activation.INVERSE_ROOT);
        gates.gateRows(of.y(), of.x(), factors, 0);
    }

    @Override
    public void backward(DropoutSeed dropoutSeed) {
        Tensor dX = Objects.requireNonNull(of.dX());
        Tensor dY = Objects.requireNonNull(of.dY());
        gates.gateRowsBackward(dFactors, 0, dY, of.x());
        dense.activateBackward(dFactors, factors, Activation.INVERSE_ROOT);
        gates.gateRows(dFactors, dFactors, twiceShare, 0);
        gates.gateRows(dX, of.x(), dFactors, 0);
        gates.gateRows(dY, dY, factors, 0);
        dense.add(dX, dY);
    }
}
