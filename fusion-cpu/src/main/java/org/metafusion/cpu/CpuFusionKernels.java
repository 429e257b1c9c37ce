package org.metafusion.cpu;

import java.util.Arrays;
import org.metafusion.core.tensor.checked.CheckedFusionKernels;

/** Product and tensor fusion, row by row; with the dense layer after it, by {@link BilinearProducts}. */
final class CpuFusionKernels extends CheckedFusionKernels<Call> {

    private final CallQueue queue;

    CpuFusionKernels(CallQueue queue) {
        this.queue = queue;
    }

    @Override
    protected Call begin(String operation) {
        return queue.begin(operation);
    }

    @Override
    protected void productForward(Call call) {
        queue.submit(CpuFusionKernels::runProductForward, 2L * call.operand(0).area());
    }

    private static void runProductForward(Call call, int student, Workspace workspace) {
        CpuTensor fused = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor y = call.operand(2);
        float[] to = fused.data();
        float[] left = x.data();
        float[] right = y.data();
        int d = x.cols();
        for (int row = 0; row < x.rows(); row++) {
            int at = fused.offset(student) + row * 2 * d;
            int xAt = x.offset(student) + row * d;
            int yAt = y.offset(student) + row * d;
            for (int j = 0; j < d; j++) {
                to[at + j] = left[xAt + j] * right[yAt + j];
            }
            for (int j = 0; j < d; j++) {
                to[at + d + j] = left[xAt + j] * right[yAt + d - 1 - j];
            }
        }
    }

    @Override
    protected void productBackward(Call call) {
        queue.submit(CpuFusionKernels::runProductBackward, 4L * call.operand(2).area());
    }

    private static void runProductBackward(Call call, int student, Workspace workspace) {
        productGradient(call.operand(0), call.operand(2), call.operand(4), student, false);
        productGradient(call.operand(1), call.operand(2), call.operand(3), student, true);
    }

    /**
     * {@code dX[j] = dF[j] y[j] + dF[d + j] y[d - 1 - j]}; for the second input the mirrored half of the gradient meets
     * the mirrored first input: {@code dY[j] = dF[j] x[j] + dF[2 d - 1 - j] x[d - 1 - j]}.
     */
    private static void productGradient(
            CpuTensor into, CpuTensor dFused, CpuTensor other, int student, boolean second) {
        float[] to = into.data();
        float[] gradient = dFused.data();
        float[] values = other.data();
        int d = into.cols();
        for (int row = 0; row < into.rows(); row++) {
            int at = into.offset(student) + row * d;
            int plain = dFused.offset(student) + row * 2 * d;
            int from = other.offset(student) + row * d;
            for (int j = 0; j < d; j++) {
                to[at + j] = gradient[plain + j] * values[from + j];
            }
            int mirrored = second ? plain + 2 * d - 1 : plain + d;
            int step = second ? -1 : 1;
            for (int j = 0; j < d; j++) {
                to[at + j] += gradient[mirrored + step * j] * values[from + d - 1 - j];
            }
        }
    }

    @Override
    protected void tensorForward(Call call) {
        queue.submit(CpuFusionKernels::runTensorForward, call.operand(0).area());
    }

    private static void runTensorForward(Call call, int student, Workspace workspace) {
        CpuTensor fused = call.operand(0);
        CpuTensor x = call.operand(1);
        CpuTensor y = call.operand(2);
        boolean augmented = isAugmented(x, y, fused.cols());
        int e = y.cols();
        int at = fused.offset(student);
        for (int row = 0; row < x.rows(); row++) {
            int from = x.offset(student) + row * x.cols();
            int right = y.offset(student) + row * e;
            for (int a = 0; a < x.cols() + (augmented ? 1 : 0); a++) {
                float factor = a < x.cols() ? x.data()[from + a] : 1f;
                scaled(fused.data(), at, y.data(), right, e, factor);
                at += e;
                if (augmented) {
                    fused.data()[at++] = factor;
                }
            }
        }
    }

    private static void scaled(float[] to, int at, float[] from, int fromAt, int length, float factor) {
        for (int i = 0; i < length; i++) {
            to[at + i] = factor * from[fromAt + i];
        }
    }

    @Override
    protected void tensorBackward(Call call) {
        queue.submit(CpuFusionKernels::runTensorBackward, 4L * call.operand(2).area());
    }

    /** {@code dX[a] = sum_b dF[a, b] y[b]} and {@code dY[b] = sum_a dF[a, b] x[a]}, with a 1 appended if augmented. */
    private static void runTensorBackward(Call call, int student, Workspace workspace) {
        CpuTensor dX = call.operand(0);
        CpuTensor dY = call.operand(1);
        CpuTensor dFused = call.operand(2);
        CpuTensor x = call.operand(3);
        CpuTensor y = call.operand(4);
        int d = x.cols();
        int e = y.cols();
        boolean augmented = isAugmented(x, y, dFused.cols());
        int one = augmented ? 1 : 0;
        for (int row = 0; row < x.rows(); row++) {
            int xAt = x.offset(student) + row * d;
            int dYAt = dY.offset(student) + row * e;
            int yAt = y.offset(student) + row * e;
            int from = dFused.offset(student) + row * (d + one) * (e + one);
            Arrays.fill(dY.data(), dYAt, dYAt + e, 0f);
            for (int a = 0; a < d + one; a++) {
                float factor = a < d ? x.data()[xAt + a] : 1f;
                workspace.elementwise.addScaled(dY.data(), dYAt, dFused.data(), from, e, factor);
                if (a < d) {
                    float constant = augmented ? dFused.data()[from + e] : 0f;
                    dX.data()[dX.offset(student) + row * d + a] = constant + dot(dFused.data(), from, y.data(), yAt, e);
                }
                from += e + one;
            }
        }
    }

    /** Four running sums, added pairwise at the end: the same order always, and enough for the JIT to keep busy. */
    static float dot(float[] a, int aAt, float[] b, int bAt, int length) {
        float s0 = 0f;
        float s1 = 0f;
        float s2 = 0f;
        float s3 = 0f;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            s0 += a[aAt + i] * b[bAt + i];
            s1 += a[aAt + i + 1] * b[bAt + i + 1];
            s2 += a[aAt + i + 2] * b[bAt + i + 2];
            s3 += a[aAt + i + 3] * b[bAt + i + 3];
        }
        for (; i < length; i++) {
            s0 += a[aAt + i] * b[bAt + i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    @Override
    protected void bilinear(Call call) {
        queue.submit(
                CpuFusionKernels::runBilinear,
                2L * call.operand(3).area() * call.operand(0).rows());
    }

    private static void runBilinear(Call call, int student, Workspace workspace) {
        workspace.bilinear.forward(call, student);
    }

    @Override
    protected void bilinearWeightBackward(Call call) {
        queue.submit(
                CpuFusionKernels::runWeightBackward,
                2L * call.operand(0).area() * call.operand(3).rows());
    }

    private static void runWeightBackward(Call call, int student, Workspace workspace) {
        workspace.bilinear.weightBackward(call, student);
    }

    @Override
    protected void bilinearInputBackward(Call call) {
        queue.submit(
                CpuFusionKernels::runInputBackward,
                4L * call.operand(5).area() * call.operand(2).rows());
    }

    private static void runInputBackward(Call call, int student, Workspace workspace) {
        workspace.bilinear.inputBackward(call, student);
    }
}
