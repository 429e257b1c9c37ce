package org.metafusion.cpu;

import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.DropoutMask;
import org.metafusion.core.tensor.Tensor;

/** Dense layers student by student: products by {@link MatrixProducts}, the rest plain loops that the JIT vectorises. */
final class CpuDenseKernels implements DenseKernels {

    /** Element-wise work moves memory rather than computes; one element is worth about this many operations. */
    private static final long ELEMENT = 8;

    private final CallQueue queue;

    CpuDenseKernels(CallQueue queue) {
        this.queue = queue;
    }

    @Override
    public void bias(Tensor y, Tensor b) {
        Call call = queue.begin("bias");
        CpuTensor to = call.write("y", y);
        CpuTensor bias = call.read("b", b);
        call.requireShape(1, 1, to.cols());
        call.runsFor(bias.members());
        queue.submit(CpuDenseKernels::runBias, to.area());
    }

    private static void runBias(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        CpuTensor b = call.operand(1);
        int at = y.offset(student);
        for (int row = 0; row < y.rows(); row++) {
            System.arraycopy(b.data(), b.offset(student), y.data(), at, y.cols());
            at += y.cols();
        }
    }

    @Override
    public void multiply(Tensor y, Tensor x, Tensor w) {
        Call call = queue.begin("multiply");
        CpuTensor to = call.write("y", y);
        CpuTensor in = call.read("x", x);
        CpuTensor weights = call.read("w", w);
        call.requireShape(2, in.cols(), to.cols());
        call.requireShape(1, to.rows(), in.cols());
        call.runsFor(weights.members());
        long cost = 2L * in.area() * to.cols();
        if (weights.members().isShared()) {
            queue.runByRows(CpuDenseKernels::multiplyRows, to.rows(), cost);
        } else {
            queue.submit(CpuDenseKernels::runMultiply, cost);
        }
    }

    private static void runMultiply(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor w = call.operand(2);
        Product product = workspace.product.left(x, student).right(w, student).into(y, student);
        workspace.products.multiplyAdd(product.sizes(y.rows(), x.cols(), y.cols()));
    }

    private static void multiplyRows(Call call, int fromRow, int toRow, Workspace workspace) {
        CpuTensor y = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor w = call.operand(2);
        Product product = workspace.product.left(x, 0).right(w, 0).into(y, 0);
        product.aAt += fromRow * x.cols();
        product.cAt += fromRow * y.cols();
        workspace.products.multiplyAdd(product.sizes(toRow - fromRow, x.cols(), y.cols()));
    }

    @Override
    public void activate(Tensor y, Activation activation) {
        Call call = queue.begin("activate");
        CpuTensor to = call.write("y", y);
        call.runsFor(to.members());
        if (activation == Activation.RELU) {
            queue.submit(CpuDenseKernels::runRelu, to.area());
        }
    }

    private static void runRelu(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        workspace.elementwise.relu(y.data(), y.offset(student), y.area());
    }

    @Override
    public void activateBackward(Tensor dY, Tensor y, Activation activation) {
        Call call = queue.begin("activateBackward");
        CpuTensor gradient = call.write("dY", dY);
        call.read("y", y);
        call.requireShape(1, gradient.rows(), gradient.cols());
        call.runsFor(gradient.members());
        if (activation == Activation.RELU) {
            queue.submit(CpuDenseKernels::runReluBackward, gradient.area());
        }
    }

    private static void runReluBackward(Call call, int student, Workspace workspace) {
        CpuTensor dY = call.operand(0);
        CpuTensor y = call.operand(1);
        workspace.elementwise.reluBackward(dY.data(), dY.offset(student), y.data(), y.offset(student), dY.area());
    }

    @Override
    public void biasBackward(Tensor dB, Tensor dY) {
        Call call = queue.begin("biasBackward");
        CpuTensor to = call.write("dB", dB);
        CpuTensor gradient = call.read("dY", dY);
        call.requireShape(0, 1, gradient.cols());
        call.runsFor(to.members());
        queue.submit(CpuDenseKernels::runBiasBackward, gradient.area());
    }

    private static void runBiasBackward(Call call, int student, Workspace workspace) {
        CpuTensor dB = call.operand(0);
        CpuTensor dY = call.operand(1);
        workspace.elementwise.columnSums(
                dB.data(), dB.offset(student), dY.data(), dY.offset(student), dY.rows(), dY.cols());
    }

    @Override
    public void weightBackward(Tensor dW, Tensor x, Tensor dY) {
        Call call = queue.begin("weightBackward");
        CpuTensor to = call.write("dW", dW);
        CpuTensor in = call.read("x", x);
        CpuTensor gradient = call.read("dY", dY);
        call.requireShape(0, in.cols(), gradient.cols());
        call.requireShape(2, in.rows(), gradient.cols());
        call.runsFor(to.members());
        queue.submit(CpuDenseKernels::runWeightBackward, 2L * in.area() * gradient.cols());
    }

    private static void runWeightBackward(Call call, int student, Workspace workspace) {
        CpuTensor dW = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor dY = call.operand(2);
        Product product = workspace.product.left(x, student).right(dY, student).into(dW, student);
        workspace.products.leftTransposed(product.sizes(dW.rows(), x.rows(), dW.cols()));
    }

    @Override
    public void inputBackward(Tensor dX, Tensor dY, Tensor w) {
        Call call = queue.begin("inputBackward");
        CpuTensor to = call.write("dX", dX);
        CpuTensor gradient = call.read("dY", dY);
        CpuTensor weights = call.read("w", w);
        call.requireNotShared(0);
        call.requireShape(0, gradient.rows(), weights.rows());
        call.requireShape(2, to.cols(), gradient.cols());
        call.runsFor(to.members());
        queue.submit(CpuDenseKernels::runInputBackward, 2L * gradient.area() * to.cols());
    }

    private static void runInputBackward(Call call, int student, Workspace workspace) {
        CpuTensor dX = call.operand(0);
        CpuTensor dY = call.operand(1);
        CpuTensor w = call.operand(2);
        Product product = workspace.product.left(dY, student).right(w, student).into(dX, student);
        workspace.products.rightTransposed(product.sizes(dX.rows(), dY.cols(), dX.cols()));
    }

    @Override
    public void add(Tensor y, Tensor x) {
        Call call = queue.begin("add");
        CpuTensor to = call.write("y", y);
        call.read("x", x);
        call.requireShape(1, to.rows(), to.cols());
        call.runsFor(to.members());
        queue.submit(CpuDenseKernels::runAdd, to.area());
    }

    private static void runAdd(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        CpuTensor x = call.operand(1);
        float[] sum = y.data();
        float[] part = x.data();
        int to = y.offset(student);
        int from = x.offset(student);
        for (int i = 0; i < y.area(); i++) {
            sum[to + i] += part[from + i];
        }
    }

    @Override
    public void dropout(Tensor y, float rate, long seed) {
        if (!(rate >= 0f && rate < 1f)) {
            throw new IllegalArgumentException("dropout: rate must be from 0 to below 1 but was " + rate);
        }
        Call call = queue.begin("dropout");
        CpuTensor to = call.write("y", y);
        call.runsFor(to.members());
        call.scalars[0] = rate;
        call.seed = seed;
        if (rate > 0f) {
            queue.submit(CpuDenseKernels::runDropout, ELEMENT * to.area());
        }
    }

    private static void runDropout(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        int key = DropoutMask.key(call.seed, student);
        workspace.elementwise.dropout(y.data(), y.offset(student), y.area(), key, call.scalars[0]);
    }
}
