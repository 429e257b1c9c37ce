package org.metafusion.cpu;

import org.metafusion.core.tensor.DropoutMask;
import org.metafusion.core.tensor.checked.CheckedDenseKernels;

/** Dense layers student by student: products by {@link MatrixProducts}, the rest plain loops that the JIT vectorises. */
final class CpuDenseKernels extends CheckedDenseKernels<Call> {

    /** Element-wise work moves memory rather than computes; one element is worth about this many operations. */
    private static final long ELEMENT = 8;

    /** What {@link org.metafusion.core.tensor.Activation#INVERSE_ROOT} takes for 0. */
    private static final float SMALLEST_SQUARE = 1e-12f;

    private final CallQueue queue;

    CpuDenseKernels(CallQueue queue) {
        this.queue = queue;
    }

    @Override
    protected Call begin(String operation) {
        return queue.begin(operation);
    }

    @Override
    protected void bias(Call call) {
        queue.submit(CpuDenseKernels::runBias, call.operand(0).area());
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
    protected void multiply(Call call) {
        CpuTensor y = call.operand(0);
        long cost = 2L * call.operand(1).area() * y.cols();
        if (call.students().isShared()) {
            queue.runByRows(CpuDenseKernels::multiplyRows, y.rows(), cost);
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
    protected void relu(Call call) {
        queue.submit(CpuDenseKernels::runRelu, call.operand(0).area());
    }

    private static void runRelu(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        workspace.elementwise.relu(y.data(), y.offset(student), y.area());
    }

    @Override
    protected void reluBackward(Call call) {
        queue.submit(CpuDenseKernels::runReluBackward, call.operand(0).area());
    }

    private static void runReluBackward(Call call, int student, Workspace workspace) {
        CpuTensor dY = call.operand(0);
        CpuTensor y = call.operand(1);
        workspace.elementwise.reluBackward(dY.data(), dY.offset(student), y.data(), y.offset(student), dY.area());
    }

    @Override
    protected void sigmoid(Call call) {
        queue.submit(CpuDenseKernels::runSigmoid, ELEMENT * call.operand(0).area());
    }

    private static void runSigmoid(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        workspace.elementwise.sigmoid(y.data(), y.offset(student), y.area());
    }

    @Override
    protected void sigmoidBackward(Call call) {
        queue.submit(CpuDenseKernels::runSigmoidBackward, call.operand(0).area());
    }

    private static void runSigmoidBackward(Call call, int student, Workspace workspace) {
        CpuTensor dY = call.operand(0);
        CpuTensor y = call.operand(1);
        workspace.elementwise.sigmoidBackward(dY.data(), dY.offset(student), y.data(), y.offset(student), dY.area());
    }

    @Override
    protected void inverseRoot(Call call) {
        queue.submit(CpuDenseKernels::runInverseRoot, ELEMENT * call.operand(0).area());
    }

    private static void runInverseRoot(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        int end = y.offset(student) + y.area();
        for (int i = y.offset(student); i < end; i++) {
            float x = y.data()[i];
            y.data()[i] = x > SMALLEST_SQUARE ? 1f / (float) Math.sqrt(x) : 0f;
        }
    }

    @Override
    protected void inverseRootBackward(Call call) {
        queue.submit(CpuDenseKernels::runInverseRootBackward, call.operand(0).area());
    }

    private static void runInverseRootBackward(Call call, int student, Workspace workspace) {
        CpuTensor dY = call.operand(0);
        CpuTensor y = call.operand(1);
        for (int i = 0; i < dY.area(); i++) {
            float output = y.data()[y.offset(student) + i];
            dY.data()[dY.offset(student) + i] *= -0.5f * output * output * output;
        }
    }

    @Override
    protected void softmax(Call call) {
        queue.submit(CpuDenseKernels::runSoftmax, ELEMENT * call.operand(0).area());
    }

    private static void runSoftmax(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        float[] scratch = workspace.floats(2 * y.area());
        Softmax.Result out = workspace.softmax;
        out.logs = scratch;
        out.logsAt = 0;
        out.probabilities = scratch;
        out.probabilitiesAt = y.area();
        Softmax.rows(y.data(), y.offset(student), y.rows(), y.cols(), 1f, out);
        System.arraycopy(scratch, y.area(), y.data(), y.offset(student), y.area());
    }

    @Override
    protected void softmaxBackward(Call call) {
        queue.submit(CpuDenseKernels::runSoftmaxBackward, 4L * call.operand(0).area());
    }

    private static void runSoftmaxBackward(Call call, int student, Workspace workspace) {
        CpuTensor dY = call.operand(0);
        CpuTensor y = call.operand(1);
        float[] gradient = dY.data();
        float[] output = y.data();
        for (int row = 0; row < y.rows(); row++) {
            int at = dY.offset(student) + row * y.cols();
            int from = y.offset(student) + row * y.cols();
            float mean = CpuFusionKernels.dot(gradient, at, output, from, y.cols());
            for (int c = 0; c < y.cols(); c++) {
                gradient[at + c] = output[from + c] * (gradient[at + c] - mean);
            }
        }
    }

    @Override
    protected void biasBackward(Call call) {
        queue.submit(CpuDenseKernels::runBiasBackward, call.operand(1).area());
    }

    private static void runBiasBackward(Call call, int student, Workspace workspace) {
        CpuTensor dB = call.operand(0);
        CpuTensor dY = call.operand(1);
        workspace.elementwise.columnSums(
                dB.data(), dB.offset(student), dY.data(), dY.offset(student), dY.rows(), dY.cols());
    }

    @Override
    protected void weightBackward(Call call) {
        queue.submit(
                CpuDenseKernels::runWeightBackward,
                2L * call.operand(1).area() * call.operand(2).cols());
    }

    private static void runWeightBackward(Call call, int student, Workspace workspace) {
        CpuTensor dW = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor dY = call.operand(2);
        Product product = workspace.product.left(x, student).right(dY, student).into(dW, student);
        workspace.products.leftTransposed(product.sizes(dW.rows(), x.rows(), dW.cols()));
    }

    @Override
    protected void inputBackward(Call call) {
        queue.submit(
                CpuDenseKernels::runInputBackward,
                2L * call.operand(1).area() * call.operand(0).cols());
    }

    private static void runInputBackward(Call call, int student, Workspace workspace) {
        CpuTensor dX = call.operand(0);
        CpuTensor dY = call.operand(1);
        CpuTensor w = call.operand(2);
        Product product = workspace.product.left(dY, student).right(w, student).into(dX, student);
        workspace.products.rightTransposed(product.sizes(dX.rows(), dY.cols(), dX.cols()));
    }

    @Override
    protected void add(Call call) {
        queue.submit(CpuDenseKernels::runAdd, call.operand(0).area());
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
    protected void dropout(Call call, float rate, long seed) {
        call.scalars[0] = rate;
        call.seed = seed;
        queue.submit(CpuDenseKernels::runDropout, ELEMENT * call.operand(0).area());
    }

    private static void runDropout(Call call, int student, Workspace workspace) {
        CpuTensor y = call.operand(0);
        int key = DropoutMask.key(call.seed, student);
        workspace.elementwise.dropout(y.data(), y.offset(student), y.area(), key, call.scalars[0]);
    }
}
