package org.metafusion.core.tensor.checked;

import org.metafusion.core.tensor.OptimizerKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Optimiser kernels whose operands are checked. Each protected method does what the public one of its name promises, on
 * operands in that method's order, for the students and parts of {@link Operands#layout}.
 *
 * @param <C> the backend's operands
 */
public abstract class CheckedOptimizerKernels<C extends Operands<?>> implements OptimizerKernels {

    /** The backend's operands, begun with this operation. */
    protected abstract C begin(String operation);

    @Override
    public final void adamW(
            Tensor parameters, Tensor gradients, Tensor m, Tensor v, ParameterLayout layout, AdamW step) {
        if (step.step() < 1) {
            throw new IllegalArgumentException("adamW: steps are counted from 1 but got " + step.step());
        }
        C call = begin("adamW");
        call.add("parameters", parameters, Access.WRITE_PART);
        call.add("gradients", gradients, Access.READ_PART);
        call.add("m", m, Access.WRITE_PART);
        call.add("v", v, Access.WRITE_PART);
        call.requireBuffers(layout);
        call.runsFor(layout);
        adamW(call, layout, step);
    }

    protected abstract void adamW(C call, ParameterLayout layout, AdamW step);

    @Override
    public final void copy(Tensor target, Tensor source, ParameterLayout layout) {
        C call = begin("copy");
        call.add("target", target, Access.WRITE_PART);
        call.add("source", source, Access.READ_PART);
        call.requireBuffers(layout);
        call.runsFor(layout);
        copy(call, layout);
    }

    @Override
    public final void rescale(Tensor target, Tensor origin, Tensor factors, ParameterLayout layout) {
        C call = begin("rescale");
        call.add("target", target, Access.WRITE_PART);
        call.add("origin", origin, Access.READ_PART);
        call.requireBuffers(layout);
        call.read("factors", factors);
        call.requireShape(2, 1, 1);
        call.requireNotShared(2);
        call.runsFor(layout);
        rescale(call, layout);
    }

    protected abstract void rescale(C call, ParameterLayout layout);

    @Override
    public final void addNoise(Tensor target, ParameterLayout layout, long seed) {
        C call = begin("addNoise");
        call.add("target", target, Access.WRITE_PART);
        call.requireBuffers(layout);
        call.runsFor(layout);
        addNoise(call, layout, seed);
    }

    protected abstract void addNoise(C call, ParameterLayout layout, long seed);

    /** {@code 1 / (1 - beta^t)}, what a moment is multiplied by since it began at 0. */
    protected static float correction(float beta, AdamW step) {
        return (float) (1.0 / (1.0 - Math.pow(beta, step.step())));
    }

    protected abstract void copy(C call, ParameterLayout layout);
}
