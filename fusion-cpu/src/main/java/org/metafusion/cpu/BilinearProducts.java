package org.metafusion.cpu;

import java.util.Arrays;
import org.metafusion.core.tensor.checked.CheckedFusionKernels;

/**
 * {@code out[k] += x^T W_k y} for a batch, without the outer product of {@code x} and {@code y}: one side is contracted
 * with the weights first, by an ordinary matrix product, the other with the result.
 *
 * <p>The weights {@code [d e, width]} are {@code d} matrices {@code [e, width]}, one behind the other, or one matrix
 * {@code [d, e width]}; both views need no copy. With {@code d <= e}, {@code y} meets one matrix after the other, and only
 * {@code [n, width]} lies between the two contractions: the weights stream by once, everything else stays in the cache.
 * With {@code d > e} that would be many products of a short inner size, so {@code x} meets the whole in one product, and
 * {@code [n, e width]} lies between. Either way it is {@code 2 n d e width} operations, as with the outer product, but
 * not its {@code n d e} floats.
 */
final class BilinearProducts {

    private static final float[] NONE = new float[0];

    private final Workspace workspace;
    private final Product product;
    private float[] between = NONE;
    private float[] part = NONE;
    private final Side x = new Side();
    private final Side y = new Side();

    BilinearProducts(Workspace workspace) {
        this.workspace = workspace;
        this.product = workspace.product;
    }

    /** One side of the form for a batch, {@code [n, cols]} from {@code at} on, with a column of ones if augmented. */
    private static final class Side {
        private float[] data = NONE;
        private int at;
        private int cols;
        private float[] ones = NONE;

        void of(CpuTensor x, int student, boolean augmented) {
            data = x.data();
            at = x.offset(student);
            cols = x.cols();
            if (augmented) {
                appendOnes(x.rows());
            }
        }

        private void appendOnes(int rows) {
            ones = grown(ones, rows * (cols + 1));
            for (int row = 0; row < rows; row++) {
                System.arraycopy(data, at + row * cols, ones, row * (cols + 1), cols);
                ones[row * (cols + 1) + cols] = 1f;
            }
            data = ones;
            at = 0;
            cols++;
        }

        int cols() {
            return cols;
        }

        float get(int row, int col) {
            return data[at + row * cols + col];
        }

        void asLeft(Product product) {
            product.a = data;
            product.aAt = at;
        }
    }

    private static float[] grown(float[] scratch, int size) {
        return scratch.length >= size ? scratch : new float[size];
    }

    private void sides(CpuTensor left, CpuTensor right, int student, int width) {
        boolean augmented = CheckedFusionKernels.isAugmented(left, right, width);
        x.of(left, student, augmented);
        y.of(right, student, augmented);
    }

    /** Operands out, x, y, w. */
    void forward(Call call, int student) {
        CpuTensor out = call.operand(0);
        CpuTensor w = call.operand(3);
        sides(call.operand(1), call.operand(2), student, w.rows());
        int n = out.rows();
        int width = out.cols();
        if (x.cols() <= y.cols()) {
            for (int a = 0; a < x.cols(); a++) {
                contractRight(w, student, a, n);
                for (int row = 0; row < n; row++) {
                    float factor = x.get(row, a);
                    workspace.elementwise.addScaled(
                            out.data(), out.offset(student) + row * width, between, row * width, width, factor);
                }
            }
            return;
        }
        contractLeft(w, student, n);
        for (int row = 0; row < n; row++) {
            for (int b = 0; b < y.cols(); b++) {
                float factor = y.get(row, b);
                int from = (row * y.cols() + b) * width;
                workspace.elementwise.addScaled(
                        out.data(), out.offset(student) + row * width, between, from, width, factor);
            }
        }
    }

    /** {@code between [n, width] = y W_a}. */
    private void contractRight(CpuTensor w, int student, int a, int n) {
        int width = w.cols();
        between = grown(between, n * width);
        Arrays.fill(between, 0, n * width, 0f);
        y.asLeft(product);
        product.right(w, student);
        product.bAt += a * y.cols() * width;
        product.c = between;
        product.cAt = 0;
        workspace.products.multiplyAdd(product.sizes(n, y.cols(), width));
    }

    /** {@code between [n, e width] = x W}. */
    private void contractLeft(CpuTensor w, int student, int n) {
        int wide = y.cols() * w.cols();
        between = grown(between, n * wide);
        Arrays.fill(between, 0, n * wide, 0f);
        x.asLeft(product);
        product.right(w, student);
        product.c = between;
        product.cAt = 0;
        workspace.products.multiplyAdd(product.sizes(n, x.cols(), wide));
    }

    /** Operands dW, x, y, dOut. */
    void weightBackward(Call call, int student) {
        CpuTensor dW = call.operand(0);
        CpuTensor dOut = call.operand(3);
        sides(call.operand(1), call.operand(2), student, dW.rows());
        int n = dOut.rows();
        int width = dOut.cols();
        if (x.cols() <= y.cols()) {
            part = grown(part, n * width);
            for (int a = 0; a < x.cols(); a++) {
                scaleRows(a, dOut, student);
                y.asLeft(product);
                product.b = part;
                product.bAt = 0;
                product.into(dW, student);
                product.cAt += a * y.cols() * width;
                workspace.products.leftTransposed(product.sizes(y.cols(), n, width));
            }
            return;
        }
        spread(dOut, student);
        x.asLeft(product);
        product.b = part;
        product.bAt = 0;
        product.into(dW, student);
        workspace.products.leftTransposed(product.sizes(x.cols(), n, y.cols() * width));
    }

    /** {@code part [n, width]}: rows of {@code dOut} times column {@code a} of {@code x}. */
    private void scaleRows(int a, CpuTensor dOut, int student) {
        int width = dOut.cols();
        Arrays.fill(part, 0, dOut.rows() * width, 0f);
        for (int row = 0; row < dOut.rows(); row++) {
            float factor = x.get(row, a);
            workspace.elementwise.addScaled(
                    part, row * width, dOut.data(), dOut.offset(student) + row * width, width, factor);
        }
    }

    /** {@code part [n, e, width] = y[b] dOut[k]}. */
    private void spread(CpuTensor dOut, int student) {
        int width = dOut.cols();
        part = grown(part, dOut.rows() * y.cols() * width);
        Arrays.fill(part, 0, dOut.rows() * y.cols() * width, 0f);
        for (int row = 0; row < dOut.rows(); row++) {
            for (int b = 0; b < y.cols(); b++) {
                int i = row * y.cols() + b;
                workspace.elementwise.addScaled(
                        part, i * width, dOut.data(), dOut.offset(student) + row * width, width, y.get(row, b));
            }
        }
    }

    /** Operands dX, dY, dOut, x, y, w. */
    void inputBackward(Call call, int student) {
        sides(call.operand(3), call.operand(4), student, call.operand(5).rows());
        if (x.cols() <= y.cols()) {
            inputsByMatrix(call, student);
        } else {
            inputsAtOnce(call, student);
        }
    }

    private void inputsByMatrix(Call call, int student) {
        CpuTensor dX = call.operand(0);
        CpuTensor dY = call.operand(1);
        CpuTensor dOut = call.operand(2);
        CpuTensor w = call.operand(5);
        int n = dOut.rows();
        int width = dOut.cols();
        part = grown(part, n * width);
        float[] dRight = workspace.floats(2 * n * y.cols());
        int fromOne = n * y.cols();
        Arrays.fill(dRight, 0, fromOne, 0f);
        for (int a = 0; a < x.cols(); a++) {
            if (a < dX.cols()) {
                contractRight(w, student, a, n);
                for (int row = 0; row < n; row++) {
                    dX.data()[dX.offset(student) + row * dX.cols() + a] = CpuFusionKernels.dot(
                            between, row * width, dOut.data(), dOut.offset(student) + row * width, width);
                }
            }
            scaleRows(a, dOut, student);
            product.a = part;
            product.aAt = 0;
            product.right(w, student);
            product.bAt += a * y.cols() * width;
            product.c = dRight;
            product.cAt = fromOne;
            workspace.products.rightTransposed(product.sizes(n, width, y.cols()));
            workspace.elementwise.add(dRight, 0, dRight, fromOne, fromOne);
        }
        for (int row = 0; row < n; row++) {
            System.arraycopy(dRight, row * y.cols(), dY.data(), dY.offset(student) + row * dY.cols(), dY.cols());
        }
    }

    private void inputsAtOnce(Call call, int student) {
        CpuTensor dX = call.operand(0);
        CpuTensor dY = call.operand(1);
        CpuTensor dOut = call.operand(2);
        CpuTensor w = call.operand(5);
        int n = dOut.rows();
        int width = dOut.cols();
        contractLeft(w, student, n);
        for (int row = 0; row < n; row++) {
            for (int b = 0; b < dY.cols(); b++) {
                int from = (row * y.cols() + b) * width;
                dY.data()[dY.offset(student) + row * dY.cols() + b] =
                        CpuFusionKernels.dot(between, from, dOut.data(), dOut.offset(student) + row * width, width);
            }
        }
        spread(dOut, student);
        float[] dLeft = workspace.floats(n * x.cols());
        product.a = part;
        product.aAt = 0;
        product.right(w, student);
        product.c = dLeft;
        product.cAt = 0;
        workspace.products.rightTransposed(product.sizes(n, y.cols() * width, x.cols()));
        for (int row = 0; row < n; row++) {
            System.arraycopy(dLeft, row * x.cols(), dX.data(), dX.offset(student) + row * dX.cols(), dX.cols());
        }
    }
}
