package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.core.tensor.DropoutMask;
import org.metafusion.cuda.KernelCall.Results;
import org.metafusion.testkit.TensorAssert;
import org.metafusion.testkit.Tolerance;

/** What must hold for the kernels of {@code dense.cu}. */
final class DenseChecks {

    /** Students, rows and columns. */
    private static final int[][] SIZES = {
        {1, 1, 1}, {3, 1, 5}, {2, 7, 1}, {2, 5, 4}, {3, 9, 8}, {2, 33, 31}, {1, 70, 65}, {2, 3, 300}, {1, 517, 2}
    };

    private DenseChecks() {}

    static List<KernelCheck> all() {
        List<KernelCheck> checks = new ArrayList<>();
        for (int[] size : SIZES) {
            int students = size[0];
            int rows = size[1];
            int cols = size[2];
            String shape = " of " + Arrays.toString(size);
            checks.add(new KernelCheck("bias" + shape, kernels -> bias(kernels, students, rows, cols)));
            checks.add(new KernelCheck("relu" + shape, kernels -> relu(kernels, students, rows * cols)));
            checks.add(new KernelCheck("relu backward" + shape, k -> reluBackward(k, students, rows * cols)));
            checks.add(new KernelCheck("bias backward" + shape, k -> biasBackward(k, students, rows, cols)));
            checks.add(new KernelCheck("add" + shape, kernels -> add(kernels, students, rows * cols)));
            checks.add(new KernelCheck("dropout" + shape, kernels -> dropout(kernels, students, rows * cols)));
            checks.add(new KernelCheck("fill" + shape, kernels -> fill(kernels, students, rows * cols)));
            checks.add(new KernelCheck("gather" + shape, kernels -> gather(kernels, students, rows, cols)));
            for (float temperature : new float[] {1f, 2.5f}) {
                checks.add(new KernelCheck(
                        "softmax" + shape + " at temperature " + temperature,
                        kernels -> softmax(kernels, Stack.random(students, rows, cols, 8), rows, cols, temperature)));
            }
            checks.addAll(ActivationChecks.of(students, rows, cols, shape));
        }
        checks.add(new KernelCheck("add x to itself, operands shared by all students", DenseChecks::addShared));
        checks.add(new KernelCheck("softmax of extreme and of equal logits", DenseChecks::softmaxOfExtremes));
        checks.add(new KernelCheck("relu keeps NaN and turns -0 to 0", DenseChecks::reluOfSpecialValues));
        checks.addAll(ActivationChecks.special());
        return checks;
    }

    private static void bias(CpuKernels kernels, int students, int rows, int cols) {
        Stack b = Stack.random(students, 1, cols, 1);
        Results got = KernelCall.of("bias_f32")
                .write(students, rows * cols)
                .read(b.matrices())
                .value(students, rows, cols)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] bias = b.of(s);
            Stack.assertSame("y", got.floats(0, s), i -> bias[i % cols]);
        }
    }

    private static void relu(CpuKernels kernels, int students, int area) {
        Stack y = Stack.random(students, 1, area, 2);
        Results got = KernelCall.of("relu_f32")
                .update(y.matrices())
                .value(students)
                .raw(area)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] before = y.of(s);
            Stack.assertSame("y", got.floats(0, s), i -> Math.max(0f, before[i]));
        }
    }

    private static void reluOfSpecialValues(CpuKernels kernels) {
        float[] special = {-0f, 0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -1e-40f, 1e-40f};
        Results got = KernelCall.of("relu_f32").update(special).value(1).raw(7).run(kernels);
        Stack.assertSame("y", got.floats(0, 0), i -> Math.max(0f, special[i]));
    }

    private static void reluBackward(CpuKernels kernels, int students, int area) {
        Stack dY = Stack.random(students, 1, area, 3);
        Stack y = Stack.random(students, 1, area, 4);
        Results got = KernelCall.of("relu_backward_f32")
                .update(dY.matrices())
                .read(y.matrices())
                .value(students)
                .raw(area)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] gradient = dY.of(s);
            float[] output = y.of(s);
            Stack.assertSame("dY", got.floats(0, s), i -> output[i] > 0 ? gradient[i] : 0);
        }
    }

    private static void biasBackward(CpuKernels kernels, int students, int rows, int cols) {
        Stack dY = Stack.random(students, rows, cols, 5);
        Results got = KernelCall.of("bias_backward_f32")
                .write(students, cols)
                .read(dY.matrices())
                .value(students, rows, cols)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] gradient = dY.of(s);
            Stack.assertClose("dB", got.floats(0, s), Tolerance.ofProducts(rows), j -> {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += gradient[i * cols + j];
                }
                return sum;
            });
        }
    }

    private static void add(CpuKernels kernels, int students, int area) {
        Stack y = Stack.random(students, 1, area, 6);
        Stack x = Stack.random(students, 1, area, 7);
        Results got = KernelCall.of("add_f32")
                .update(y.matrices())
                .read(x.matrices())
                .value(students)
                .raw(area)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] before = y.of(s);
            float[] part = x.of(s);
            Stack.assertSame("y", got.floats(0, s), i -> before[i] + part[i]);
        }
    }

    private static void addShared(CpuKernels kernels) {
        CpuMemory shared = CpuMemory.of(CpuMemory.bits(1f, 2f, 3f, 4f, 5f), 0);
        CpuMemory first = CpuMemory.of(CpuMemory.bits(new float[5]), 1);
        CpuMemory second = CpuMemory.of(CpuMemory.bits(new float[5]), 2);
        CpuKernels.Launch launch = CpuKernels.Launch.of(1, 1, 0);
        kernels.launch(
                "add_f32",
                launch,
                CpuMemory.table(first, second).address(),
                CpuMemory.table(shared, shared).address(),
                2,
                5);
        CpuMemory itself = CpuMemory.table(shared);
        kernels.launch("add_f32", launch, itself.address(), itself.address(), 1, 5);
        TensorAssert.assertSameBits("first", floats(1, 2, 3, 4, 5), floats(first));
        TensorAssert.assertSameBits("second", floats(1, 2, 3, 4, 5), floats(second));
        TensorAssert.assertSameBits("x + x", floats(2, 4, 6, 8, 10), floats(shared));
    }

    private static float[] floats(float... values) {
        return values;
    }

    private static float[] floats(CpuMemory memory) {
        int[] bits = memory.bits();
        float[] values = new float[bits.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(bits[i]);
        }
        return values;
    }

    private static void dropout(CpuKernels kernels, int students, int area) {
        Stack y = Stack.random(students, 1, area, 8);
        int[] ids = new int[students];
        for (int s = 0; s < students; s++) {
            ids[s] = 3 * s + 1;
        }
        for (float rate : new float[] {0f, 0.3f, 0.999f}) {
            long seed = 0x8123456789abcdefL + area;
            Results got = KernelCall.of("dropout_f32")
                    .update(y.matrices())
                    .readInts(ids)
                    .value(students)
                    .raw(area)
                    .value(rate)
                    .value(DropoutMask.threshold(rate))
                    .readInts((int) seed, (int) (seed >>> 32))
                    .run(kernels);
            for (int s = 0; s < students; s++) {
                float[] before = y.of(s);
                int key = DropoutMask.key(seed, ids[s]);
                Stack.assertSame(
                        "y",
                        got.floats(0, s),
                        i -> DropoutMask.keeps(key, i, DropoutMask.threshold(rate)) ? before[i] / (1f - rate) : 0f);
            }
        }
    }

    private static void fill(CpuKernels kernels, int students, int area) {
        Results got = KernelCall.of("fill_f32")
                .write(students, area)
                .value(students)
                .raw(area)
                .value(2.5f)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            Stack.assertSame("y", got.floats(0, s), i -> 2.5f);
        }
    }

    private static void gather(CpuKernels kernels, int students, int rows, int cols) {
        Stack source = Stack.random(students, rows, cols, 9);
        int[] order = new int[rows + 3];
        for (int i = 0; i < order.length; i++) {
            order[i] = (i * 7 + 3) % rows;
        }
        Results got = KernelCall.of("gather_f32")
                .write(students, (rows + 1) * cols)
                .read(source.matrices())
                .readInts(order)
                .value(2, students, rows + 1, cols)
                .run(kernels);
        for (int s = 0; s < students; s++) {
            float[] from = source.of(s);
            Stack.assertSame("out", got.floats(0, s), i -> from[order[2 + i / cols] * cols + i % cols]);
        }
    }

    private static void softmax(CpuKernels kernels, Stack logits, int rows, int cols, float temperature) {
        Results got = KernelCall.of("softmax_f32")
                .write(logits.count(), rows * cols)
                .read(logits.matrices())
                .value(logits.count(), rows, cols)
                .value(temperature)
                .run(kernels);
        for (int s = 0; s < logits.count(); s++) {
            float[] z = logits.of(s);
            Stack.assertClose("p", got.floats(0, s), Tolerance.FLOAT32.withFloor(1e-3), i -> {
                double sum = 0;
                for (int c = 0; c < cols; c++) {
                    sum += Math.exp(((double) z[i / cols * cols + c] - z[i]) / temperature);
                }
                return 1 / sum;
            });
        }
    }

    private static void softmaxOfExtremes(CpuKernels kernels) {
        float[] rows = {1e4f, -1e4f, 0f, 1e4f, 1e4f, 1e4f, -1e4f, -1e4f, -1e4f};
        softmax(kernels, new Stack(new float[][] {rows}), 3, 3, 1f);
        softmax(kernels, new Stack(new float[][] {rows}), 9, 1, 0.5f);
    }
}
