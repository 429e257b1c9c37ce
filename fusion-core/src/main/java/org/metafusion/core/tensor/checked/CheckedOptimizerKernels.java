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
        adamW(call, layout, Coefficients.of(step));
    }

    protected abstract void adamW(C call, ParameterLayout layout, Coefficients step);

    @Override
    public final void copy(Tensor target, Tensor source, ParameterLayout layout) {
        C call = begin("copy");
        call.add("target", target, Access.WRITE_PART);
        call.add("source", source, Access.READ_PART);
        call.requireBuffers(layout);
        call.runsFor(layout);
        copy(call, layout);
    }

    protected abstract void copy(C call, ParameterLayout layout);

    /**
     * A step's settings as the update uses them: {@code m = beta1 m + (1 - beta1) g}, {@code v = beta2 v + (1 - beta2)
     * g g}, {@code p = p shrink - rate m / (sqrt(v correct) + epsilon)}.
     */
    public record Coefficients(float beta1, float beta2, float epsilon, float shrink, float rate, float correct) {

        /**
         * Added to a moment and taken away again, which leaves normal values as they are and makes 0 of anything below
         * 1e-27: the moments of a parameter whose gradient has become 0 would otherwise decay into denormal numbers,
         * stay there, and make every later step many times slower on a CPU.
         */
        public static final float FLUSH = 1e-20f;

        static Coefficients of(AdamW step) {
            float first = (float) (1.0 / (1.0 - Math.pow(step.beta1(), step.step())));
            float second = (float) (1.0 / (1.0 - Math.pow(step.beta2(), step.step())));
            return new Coefficients(
                    step.beta1(),
                    step.beta2(),
                    step.epsilon(),
                    1f - step.learningRate() * step.weightDecay(),
                    step.learningRate() * first,
                    second);
        }
    }
}
