package org.metafusion.cuda;

import org.metafusion.core.tensor.DropoutMask;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.CheckedDenseKernels;

/** Dense layers: products by cuBLAS, the rest by {@code dense.cu}. */
final class CudaDenseKernels extends CheckedDenseKernels<CudaCall> {

    private final CudaBackend backend;
    private final Launcher launcher;
    private final ProductCalls products;
    private final StudentNumbers numbers;

    CudaDenseKernels(CudaBackend backend, Launcher launcher) {
        this.backend = backend;
        this.launcher = launcher;
        this.products = new ProductCalls(launcher);
        this.numbers = new StudentNumbers(backend);
    }

    ProductCalls products() {
        return products;
    }

    @Override
    protected CudaCall begin(String operation) {
        return backend.begin(operation);
    }

    @Override
    protected void bias(CudaCall call) {
        CudaTensor y = call.operand(0);
        launcher.tables(call, 0, 1).integer(y.rows()).integer(y.cols()).run(Kernel.BIAS, call, quads(y));
    }

    private static long quads(CudaTensor tensor) {
        return (tensor.area() + 3L) / 4;
    }

    @Override
    protected void multiply(CudaCall call) {
        CudaTensor y = call.operand(0);
        CudaTensor x = call.operand(1);
        products.of(call.table(0), call.table(1), call.table(2)).plain().sizes(y.rows(), x.cols(), y.cols());
        products.add();
    }

    @Override
    protected void weightBackward(CudaCall call) {
        CudaTensor dW = call.operand(0);
        CudaTensor x = call.operand(1);
        products.of(call.table(0), call.table(1), call.table(2))
                .leftTransposed()
                .sizes(dW.rows(), x.rows(), dW.cols());
        products.set();
    }

    @Override
    protected void inputBackward(CudaCall call) {
        CudaTensor dX = call.operand(0);
        CudaTensor dY = call.operand(1);
        products.of(call.table(0), call.table(1), call.table(2))
                .rightTransposed()
                .sizes(dX.rows(), dY.cols(), dX.cols());
        products.set();
    }

    @Override
    protected void relu(CudaCall call) {
        CudaTensor y = call.operand(0);
        launcher.tables(call, 0).wide(y.area()).run(Kernel.RELU, call, quads(y));
    }

    @Override
    protected void reluBackward(CudaCall call) {
        CudaTensor dY = call.operand(0);
        launcher.tables(call, 0, 1).wide(dY.area()).run(Kernel.RELU_BACKWARD, call, quads(dY));
    }

    @Override
    protected void sigmoid(CudaCall call) {
        CudaTensor y = call.operand(0);
        launcher.tables(call, 0).wide(y.area()).run(Kernel.SIGMOID, call, quads(y));
    }

    @Override
    protected void sigmoidBackward(CudaCall call) {
        CudaTensor dY = call.operand(0);
        launcher.tables(call, 0, 1).wide(dY.area()).run(Kernel.SIGMOID_BACKWARD, call, quads(dY));
    }

    @Override
    protected void inverseRoot(CudaCall call) {
        CudaTensor y = call.operand(0);
        launcher.tables(call, 0).wide(y.area()).run(Kernel.INVERSE_ROOT, call, quads(y));
    }

    @Override
    protected void inverseRootBackward(CudaCall call) {
        CudaTensor dY = call.operand(0);
        launcher.tables(call, 0, 1).wide(dY.area()).run(Kernel.INVERSE_ROOT_BACKWARD, call, quads(dY));
    }

    @Override
    protected void softmax(CudaCall call) {
        CudaTensor y = call.operand(0);
        launcher.tables(call, 0, 0).integer(y.rows()).integer(y.cols()).real(1f).run(Kernel.SOFTMAX, call, lanes(y));
    }

    @Override
    protected void softmaxBackward(CudaCall call) {
        CudaTensor dY = call.operand(0);
        launcher.tables(call, 0, 1).integer(dY.rows()).integer(dY.cols()).run(Kernel.SOFTMAX_BACKWARD, call, lanes(dY));
    }

    /** Threads of kernels in which up to 32 lanes work on a row. */
    private static long lanes(CudaTensor tensor) {
        return (long) tensor.rows() * Math.min(32, tensor.cols());
    }

    @Override
    protected void biasBackward(CudaCall call) {
        CudaTensor dY = call.operand(1);
        launcher.tables(call, 0, 1)
                .integer(dY.rows())
                .integer(dY.cols())
                .runBlocks(Kernel.BIAS_BACKWARD, call.students().count(), (dY.cols() + 31L) / 32);
    }

    @Override
    protected void add(CudaCall call) {
        CudaTensor y = call.operand(0);
        launcher.tables(call, 0, 1).wide(y.area()).run(Kernel.ADD, call, quads(y));
    }

    @Override
    protected void dropout(CudaCall call, float rate, long seed) {
        CudaTensor y = call.operand(0);
        Members students = call.students();
        launcher.none()
                .pointer(call.table(0).address())
                .pointer(numbers.of(students))
                .integer(students.count())
                .wide(y.area())
                .real(rate)
                .integer(DropoutMask.threshold(rate))
                .pointer(backend.scalars().put(seed))
                .run(Kernel.DROPOUT, call, quads(y));
    }
}
