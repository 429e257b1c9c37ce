package org.metafusion.core.tensor.checked;

import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Losses whose operands are checked. Each protected method does what the public one of its name promises, for
 * {@link Operands#students}, on operands 0 dOutputs, 1 totals, 2 outputs, 3 targets, 4 weights.
 *
 * @param <C> the backend's operands
 */
public abstract class CheckedLossKernels<C extends Operands<?>> implements LossKernels {

    /** The backend's operands, begun with this operation. */
    protected abstract C begin(String operation);

    @Override
    public final void classification(
            Tensor dLogits, Tensor totals, Tensor logits, Tensor labels, Tensor weights, MutualTerm mutual) {
        requireTerm("classification", mutual);
        C call = begin("classification", dLogits, totals, logits, labels, weights);
        call.requireShape(3, call.operand(2).rows(), 1);
        requireDivergence(call, mutual);
        classification(call, mutual);
    }

    /** {@link #classification}; where rho is not 0, the divergence weights are checked too. */
    protected abstract void classification(C call, MutualTerm mutual);

    @Override
    public final void regression(
            Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights, MutualTerm mutual) {
        requireTerm("regression", mutual);
        C call = begin("regression", dOutputs, totals, outputs, targets, weights);
        call.requireShape(3, call.operand(2).rows(), call.operand(2).cols());
        requireDivergence(call, mutual);
        regression(call, mutual);
    }

    /** {@link #regression}; where rho is not 0, the divergence weights are checked too. */
    protected abstract void regression(C call, MutualTerm mutual);

    @Override
    public final void cooperative(
            Tensor dOutputs,
            Tensor totals,
            Tensor outputs,
            Tensor targets,
            Tensor weights,
            float rho,
            boolean classification) {
        C call = begin("cooperative", dOutputs, totals, outputs, targets, weights);
        Tensor out = call.operand(2);
        if (out.members().count() != 2) {
            throw new IllegalArgumentException(
                    "cooperative: outputs must be of exactly 2 students but are " + out.shape());
        }
        call.requireShape(3, out.rows(), classification ? 1 : out.cols());
        cooperative(call, rho, classification);
    }

    /** {@link #cooperative}. */
    protected abstract void cooperative(C call, float rho, boolean classification);

    /** Operands 0 to 4 of every loss, with the checks common to all. */
    protected final C begin(
            String operation, Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights) {
        C call = begin(operation);
        call.write("dOutputs", dOutputs);
        call.write("totals", totals);
        Tensor out = call.read("outputs", outputs);
        call.read("targets", targets);
        call.read("weights", weights);
        call.requireShape(0, out.rows(), out.cols());
        call.requireShape(1, 1, 2);
        call.requireShape(4, out.rows(), 1);
        call.requireNotShared(2);
        call.requireShared(3);
        call.requireSameMembers(0, 2);
        call.requireSameMembers(1, 2);
        call.runsFor(out.members());
        return call;
    }

    private static void requireTerm(String operation, MutualTerm mutual) {
        if (!(mutual.temperature() > 0f) || !(mutual.rho() >= 0f)) {
            throw new IllegalArgumentException(operation + ": temperature must be above 0 and rho 0 or more but were "
                    + mutual.temperature() + " and " + mutual.rho());
        }
    }

    private void requireDivergence(C call, MutualTerm mutual) {
        if (mutual.rho() == 0f) {
            return;
        }
        int students = call.students().count();
        Tensor divergence = mutual.divergence();
        call.requireOwn("divergence", divergence);
        if (!divergence.members().isShared() || divergence.rows() != students || divergence.cols() != students) {
            throw new IllegalArgumentException(call.operation() + ": divergence must be [shared, " + students + ", "
                    + students + "] for " + students + " students but is " + divergence.shape());
        }
    }
}
