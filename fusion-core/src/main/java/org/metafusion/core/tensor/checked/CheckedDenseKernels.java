package org.metafusion.core.tensor.checked;

import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Dense kernels whose operands are checked. Each protected method does what the public one of its name promises, on
 * operands in that method's order, for {@link Operands#students}.
 *
 * @param <C> the backend's operands
 */
public abstract class CheckedDenseKernels<C extends Operands<?>> implements DenseKernels {

    /** The backend's operands, begun with this operation. */
    protected abstract C begin(String operation);

    @Override
    public final void bias(Tensor y, Tensor b) {
        C call = begin("bias");
        Tensor to = call.write("y", y);
        Tensor from = call.read("b", b);
        call.requireShape(1, 1, to.cols());
        call.runsFor(from.members());
        bias(call);
    }

    protected abstract void bias(C call);

    @Override
    public final void multiply(Tensor y, Tensor x, Tensor w) {
        C call = begin("multiply");
        Tensor to = call.write("y", y);
        Tensor in = call.read("x", x);
        Tensor weights = call.read("w", w);
        call.requireShape(2, in.cols(), to.cols());
        call.requireShape(1, to.rows(), in.cols());
        call.runsFor(weights.members());
        multiply(call);
    }

    protected abstract void multiply(C call);

    @Override
    public final void activate(Tensor y, Activation activation) {
        C call = begin("activate");
        call.runsFor(call.write("y", y).members());
        switch (activation) {
            case IDENTITY -> call.clear();
            case RELU -> relu(call);
            case SIGMOID -> sigmoid(call);
            case SOFTMAX -> softmax(call);
            case INVERSE_ROOT -> inverseRoot(call);
        }
    }

    /** {@link #activate} with {@link Activation#RELU}. */
    protected abstract void relu(C call);

    /** {@link #activate} with {@link Activation#SIGMOID}. */
    protected abstract void sigmoid(C call);

    /** {@link #activate} with {@link Activation#SOFTMAX}. */
    protected abstract void softmax(C call);

    /** {@link #activate} with {@link Activation#INVERSE_ROOT}. */
    protected abstract void inverseRoot(C call);

    @Override
    public final void activateBackward(Tensor dY, Tensor y, Activation activation) {
        C call = begin("activateBackward");
        Tensor gradient = call.write("dY", dY);
        call.read("y", y);
        call.requireShape(1, gradient.rows(), gradient.cols());
        call.runsFor(gradient.members());
        switch (activation) {
            case IDENTITY -> call.clear();
            case RELU -> reluBackward(call);
            case SIGMOID -> sigmoidBackward(call);
            case SOFTMAX -> softmaxBackward(call);
            case INVERSE_ROOT -> inverseRootBackward(call);
        }
    }

    /** {@link #activateBackward} with {@link Activation#RELU}. */
    protected abstract void reluBackward(C call);

    /** {@link #activateBackward} with {@link Activation#SIGMOID}: {@code dY *= y (1 - y)}. */
    protected abstract void sigmoidBackward(C call);

    /** {@link #activateBackward} with {@link Activation#SOFTMAX}: {@code dY = y (dY - sum over the row of dY y)}. */
    protected abstract void softmaxBackward(C call);

    /** {@link #activateBackward} with {@link Activation#INVERSE_ROOT}: {@code dY *= -y^3 / 2}. */
    protected abstract void inverseRootBackward(C call);

    @Override
    public final void biasBackward(Tensor dB, Tensor dY) {
        C call = begin("biasBackward");
        Tensor to = call.write("dB", dB);
        Tensor gradient = call.read("dY", dY);
        call.requireShape(0, 1, gradient.cols());
        call.runsFor(to.members());
        biasBackward(call);
    }

    protected abstract void biasBackward(C call);

    @Override
    public final void weightBackward(Tensor dW, Tensor x, Tensor dY) {
        C call = begin("weightBackward");
        Tensor to = call.write("dW", dW);
        Tensor in = call.read("x", x);
        Tensor gradient = call.read("dY", dY);
        call.requireShape(0, in.cols(), gradient.cols());
        call.requireShape(2, in.rows(), gradient.cols());
        call.runsFor(to.members());
        weightBackward(call);
    }

    protected abstract void weightBackward(C call);

    @Override
    public final void inputBackward(Tensor dX, Tensor dY, Tensor w) {
        C call = begin("inputBackward");
        Tensor to = call.write("dX", dX);
        Tensor gradient = call.read("dY", dY);
        Tensor weights = call.read("w", w);
        call.requireNotShared(0);
        call.requireShape(0, gradient.rows(), weights.rows());
        call.requireShape(2, to.cols(), gradient.cols());
        call.runsFor(to.members());
        inputBackward(call);
    }

    protected abstract void inputBackward(C call);

    @Override
    public final void add(Tensor y, Tensor x) {
        C call = begin("add");
        Tensor to = call.write("y", y);
        call.read("x", x);
        call.requireShape(1, to.rows(), to.cols());
        call.runsFor(to.members());
        add(call);
    }

    protected abstract void add(C call);

    @Override
    public final void dropout(Tensor y, float rate, long seed) {
        if (!(rate >= 0f && rate < 1f)) {
            throw new IllegalArgumentException("dropout: rate must be from 0 to below 1 but was " + rate);
        }
        C call = begin("dropout");
        call.runsFor(call.write("y", y).members());
        if (rate > 0f) {
            dropout(call, rate, seed);
        } else {
            call.clear();
        }
    }

    /** {@link #dropout} with a rate above 0. */
    protected abstract void dropout(C call, float rate, long seed);
}
