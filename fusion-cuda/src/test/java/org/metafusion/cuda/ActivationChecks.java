package org.metafusion.cuda;

import java.util.List;
import org.metafusion.cuda.KernelCall.Results;
import org.metafusion.testkit.Tolerance;

/** What must hold for sigmoid and inverse root, and for gradients of activations in {@code dense.cu}. */
final class ActivationChecks {

    private ActivationChecks() {}

    /** The checks of operands of one size. */
    static List<KernelCheck> of(int students, int rows, int cols, String shape) {
        return List.of(
                new KernelCheck("sigmoid" + shape, k -> sigmoid(k, Stack.random(students, rows, cols, 10))),
                new KernelCheck("sigmoid backward" + shape, k -> sigmoidBackward(k, students, rows * cols)),
                new KernelCheck("inverse root" + shape, k -> inverseRoot(k, Stack.random(students, rows, cols, 15))),
                new KernelCheck("inverse root backward" + shape, k -> inverseRootBackward(k, students, rows * cols)),
                new KernelCheck("softmax backward" + shape, k -> softmaxBackward(k, students, rows, cols)));
    }

    /** The checks of special values. */
    static List<KernelCheck> special() {
        float[] extremes = {-1e4f, 1e4f, -88f, 88f, -0f, 0f, -1e-30f};
        float[] lengths = {0f, -0f, 1e-30f, 1e-11f, 1f, 1e30f, -1e30f};
        return List.of(
                new KernelCheck(
                        "sigmoid of extremes", kernels -> sigmoid(kernels, new Stack(new float[][] {extremes}))),
                new KernelCheck(
                        "inverse root of extremes",
                        kernels -> inverseRoot(kernels, new Stack(new float[][] {lengths}))));
    }

    private static void sigmoid(CpuKernels kernels, Stack x) {
        Results got = KernelCall.of("sigmoid_f32")
                .update(x.matrices())
                .value(x.count())
                .raw(x.of(0).length)
                .run(kernels);
        for (int s = 0; s < x.count(); s++) {
            float[] before = x.of(s);
            Stack.assertClose(
                    "y", got.floats(0, s), Tolerance.FLOAT32.withFloor(1e-6), i -> 1 / (1 + Math.exp(-before[i])));
        }
    }

    private static void sigmoidBackward(CpuKernels kernels, int students, int area) {
        Stack dY = Stack.random(students, 1, area, 11);
        Stack y = Stack.random(students, 1, area, 12);
        Results got = KernelCall.of("sigmoid_backward_f32")
                .update(dY.matrices())
                .read(y.matrices())
                .value(students)
                .raw(area)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] gradient = dY.of(s);
            float[] output = y.of(s);
            Stack.assertClose(
                    "dY",
                    got.floats(0, s),
                    Tolerance.FLOAT32,
                    i -> (double) gradient[i] * output[i] * (1 - (double) output[i]));
        }
    }

    private static void inverseRoot(CpuKernels kernels, Stack x) {
        Results got = KernelCall.of("inverse_root_f32")
                .update(x.matrices())
                .value(x.count())
                .raw(x.of(0).length)
                .run(kernels);
        for (int s = 0; s < x.count(); s++) {
            float[] before = x.of(s);
            Stack.assertClose(
                    "y", got.floats(0, s), Tolerance.FLOAT32, i -> before[i] > 1e-12f ? 1 / Math.sqrt(before[i]) : 0);
        }
    }

    private static void inverseRootBackward(CpuKernels kernels, int students, int area) {
        Stack dY = Stack.random(students, 1, area, 16);
        Stack y = Stack.random(students, 1, area, 17);
        Results got = KernelCall.of("inverse_root_backward_f32")
                .update(dY.matrices())
                .read(y.matrices())
                .value(students)
                .raw(area)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] gradient = dY.of(s);
            float[] output = y.of(s);
            Stack.assertClose(
                    "dY", got.floats(0, s), Tolerance.FLOAT32, i -> gradient[i] * -0.5 * Math.pow(output[i], 3));
        }
    }

    private static void softmaxBackward(CpuKernels kernels, int students, int rows, int cols) {
        Stack dY = Stack.random(students, rows, cols, 13);
        Stack y = Stack.random(students, rows, cols, 14);
        Results got = KernelCall.of("softmax_backward_f32")
                .update(dY.matrices())
                .read(y.matrices())
                .value(students, rows, cols)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] gradient = dY.of(s);
            float[] p = y.of(s);
            Stack.assertClose("dY", got.floats(0, s), Tolerance.ofProducts(64 * cols), i -> {
                double mean = 0;
                for (int c = 0; c < cols; c++) {
                    int at = i / cols * cols + c;
                    mean += (double) gradient[at] * p[at];
                }
                return p[i] * (gradient[i] - mean);
            });
        }
    }
}
