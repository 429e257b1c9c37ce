package org.metafusion.core.tensor.checked;

import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Fusion kernels whose operands are checked. Each protected method does what the public one of its name promises, on
 * operands in that method's order, for {@link Operands#students}; whether ones are appended follows from the shapes,
 * {@link #isAugmented}.
 *
 * @param <C> the backend's operands
 */
public abstract class CheckedFusionKernels<C extends Operands<?>> implements FusionKernels {

    /** The backend's operands, begun with this operation. */
    protected abstract C begin(String operation);

    /** Whether an outer product of this width has the appended ones; the two widths are never equal. */
    public static boolean isAugmented(Tensor x, Tensor y, int width) {
        return width != x.cols() * y.cols();
    }

    private static int width(Tensor x, Tensor y, boolean augmented) {
        int one = augmented ? 1 : 0;
        return (x.cols() + one) * (y.cols() + one);
    }

    @Override
    public final void productForward(Tensor fused, Tensor x, Tensor y) {
        C call = begin("productForward");
        Tensor to = call.write("fused", fused);
        Tensor left = call.read("x", x);
        call.read("y", y);
        call.requireShape(2, left.rows(), left.cols());
        call.requireShape(0, left.rows(), 2 * left.cols());
        call.runsFor(to.members());
        productForward(call);
    }

    protected abstract void productForward(C call);

    @Override
    public final void productBackward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y) {
        C call = begin("productBackward");
        call.write("dX", dX);
        call.write("dY", dY);
        call.read("dFused", dFused);
        Tensor left = call.read("x", x);
        call.read("y", y);
        call.requireShape(4, left.rows(), left.cols());
        call.requireShape(2, left.rows(), 2 * left.cols());
        requireGradients(call);
        productBackward(call);
    }

    protected abstract void productBackward(C call);

    /** Operands 0 to 4 are dX, dY, dFused, x, y: gradients are shaped as their values, with the members of dFused. */
    private void requireGradients(C call) {
        call.requireShape(0, call.operand(3).rows(), call.operand(3).cols());
        call.requireShape(1, call.operand(4).rows(), call.operand(4).cols());
        call.requireSameMembers(0, 2);
        call.requireSameMembers(1, 2);
        call.runsFor(call.operand(2).members());
    }

    @Override
    public final void tensorForward(Tensor fused, Tensor x, Tensor y, boolean augmented) {
        C call = begin("tensorForward");
        Tensor to = call.write("fused", fused);
        Tensor left = call.read("x", x);
        Tensor right = call.read("y", y);
        call.requireShape(2, left.rows(), right.cols());
        call.requireShape(0, left.rows(), width(left, right, augmented));
        call.runsFor(to.members());
        tensorForward(call);
    }

    protected abstract void tensorForward(C call);

    @Override
    public final void tensorBackward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y, boolean augmented) {
        C call = begin("tensorBackward");
        call.write("dX", dX);
        call.write("dY", dY);
        call.read("dFused", dFused);
        Tensor left = call.read("x", x);
        Tensor right = call.read("y", y);
        call.requireShape(4, left.rows(), right.cols());
        call.requireShape(2, left.rows(), width(left, right, augmented));
        requireGradients(call);
        tensorBackward(call);
    }

    protected abstract void tensorBackward(C call);

    @Override
    public final void bilinear(Tensor out, Tensor x, Tensor y, Tensor w, boolean augmented) {
        C call = begin("bilinear");
        Tensor to = call.write("out", out);
        Tensor left = call.read("x", x);
        Tensor right = call.read("y", y);
        Tensor weights = call.read("w", w);
        call.requireShape(1, to.rows(), left.cols());
        call.requireShape(2, to.rows(), right.cols());
        call.requireShape(3, width(left, right, augmented), to.cols());
        call.runsFor(weights.members());
        bilinear(call);
    }

    protected abstract void bilinear(C call);

    @Override
    public final void bilinearWeightBackward(Tensor dW, Tensor x, Tensor y, Tensor dOut, boolean augmented) {
        C call = begin("bilinearWeightBackward");
        Tensor to = call.write("dW", dW);
        Tensor left = call.read("x", x);
        Tensor right = call.read("y", y);
        Tensor gradient = call.read("dOut", dOut);
        call.requireShape(1, gradient.rows(), left.cols());
        call.requireShape(2, gradient.rows(), right.cols());
        call.requireShape(0, width(left, right, augmented), gradient.cols());
        call.runsFor(to.members());
        bilinearWeightBackward(call);
    }

    protected abstract void bilinearWeightBackward(C call);

    @Override
    public final void bilinearInputBackward(
            Tensor dX, Tensor dY, Tensor dOut, Tensor x, Tensor y, Tensor w, boolean augmented) {
        C call = begin("bilinearInputBackward");
        call.write("dX", dX);
        call.write("dY", dY);
        Tensor gradient = call.read("dOut", dOut);
        Tensor left = call.read("x", x);
        Tensor right = call.read("y", y);
        call.read("w", w);
        call.requireShape(3, gradient.rows(), left.cols());
        call.requireShape(4, gradient.rows(), right.cols());
        call.requireShape(5, width(left, right, augmented), gradient.cols());
        call.requireShape(0, left.rows(), left.cols());
        call.requireShape(1, right.rows(), right.cols());
        call.requireNotShared(0);
        call.requireSameMembers(1, 0);
        call.runsFor(call.operand(0).members());
        bilinearInputBackward(call);
    }

    protected abstract void bilinearInputBackward(C call);
}
