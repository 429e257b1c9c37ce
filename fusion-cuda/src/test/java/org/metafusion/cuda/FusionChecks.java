package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.cuda.KernelCall.Results;
import org.metafusion.testkit.Tolerance;

/** What must hold for the kernels of {@code fusion.cu}. */
final class FusionChecks {

    /** Students, rows and the width of both inputs. */
    private static final int[][] EQUAL_WIDTHS = {{1, 1, 1}, {2, 3, 5}, {3, 7, 8}, {1, 65, 12}, {2, 2, 301}, {1, 130, 2}
    };
    /** Students, rows, d, e and an output width. */
    private static final int[][] WIDTHS = {
        {1, 1, 1, 1, 1},
        {2, 3, 4, 8, 4},
        {3, 5, 3, 2, 7},
        {1, 9, 17, 31, 33},
        {2, 2, 33, 32, 64},
        {1, 2, 5, 140, 3},
        {1, 3, 150, 3, 40},
        {1, 65, 2, 3, 1}
    };

    private FusionChecks() {}

    static List<KernelCheck> all() {
        List<KernelCheck> checks = new ArrayList<>();
        for (int[] size : EQUAL_WIDTHS) {
            String shape = " of " + Arrays.toString(size);
            checks.add(new KernelCheck("product forward" + shape, kernels -> productForward(kernels, size)));
            checks.add(new KernelCheck("product backward" + shape, kernels -> productBackward(kernels, size)));
            checks.add(new KernelCheck("append ones, drop last" + shape, kernels -> ones(kernels, size)));
        }
        for (int[] size : WIDTHS) {
            for (int augmented = 0; augmented < 2; augmented++) {
                String shape = (augmented == 1 ? " augmented" : "") + " of " + Arrays.toString(size);
                Case c = new Case(size[0], size[1], size[2], size[3], size[4], augmented);
                checks.add(new KernelCheck("outer forward" + shape, kernels -> outerForward(kernels, c)));
                checks.add(new KernelCheck("outer backward" + shape, kernels -> outerBackward(kernels, c)));
                checks.add(new KernelCheck("bilinear contract" + shape, kernels -> contract(kernels, c)));
                checks.add(new KernelCheck("bilinear spread" + shape, kernels -> spread(kernels, c)));
                checks.add(new KernelCheck("bilinear input" + shape, kernels -> input(kernels, c)));
            }
        }
        return checks;
    }

    private record Case(int students, int n, int d, int e, int width, int augmented) {
        int lines() {
            return d + augmented;
        }

        int cols() {
            return e + augmented;
        }

        Stack x() {
            return Stack.random(students, n, d, 1);
        }

        Stack y() {
            return Stack.random(students, n, e, 2);
        }
    }

    /** Entry {@code index} of a row of {@code values}, 1 behind its end. */
    private static double entry(float[] values, int row, int width, int index) {
        return index < width ? values[row * width + index] : 1;
    }

    private static void productForward(CpuKernels kernels, int[] size) {
        int n = size[1];
        int d = size[2];
        Stack x = Stack.random(size[0], n, d, 1);
        Stack y = Stack.random(size[0], n, d, 2);
        Results got = KernelCall.of("product_forward_f32")
                .write(size[0], 2 * n * d)
                .read(x.matrices())
                .read(y.matrices())
                .value(size)
                .run(kernels);
        for (int s = 0; s < size[0]; s++) {
            float[] left = x.of(s);
            float[] right = y.of(s);
            Stack.assertSame("fused", got.floats(0, s), i -> {
                int row = i / (2 * d);
                int j = i % d;
                int mirrored = i % (2 * d) < d ? j : d - 1 - j;
                return left[row * d + j] * right[row * d + mirrored];
            });
        }
    }

    private static void productBackward(CpuKernels kernels, int[] size) {
        int n = size[1];
        int d = size[2];
        Stack dFused = Stack.random(size[0], n, 2 * d, 3);
        Stack x = Stack.random(size[0], n, d, 1);
        Stack y = Stack.random(size[0], n, d, 2);
        Results got = KernelCall.of("product_backward_f32")
                .write(size[0], n * d)
                .write(size[0], n * d)
                .read(dFused.matrices())
                .read(x.matrices())
                .read(y.matrices())
                .value(size)
                .run(kernels);
        for (int s = 0; s < size[0]; s++) {
            double[] dX = new double[n * d];
            double[] dY = new double[n * d];
            for (int i = 0; i < n * d; i++) { // the gradient of each product goes to its two factors
                int row = i / d;
                int mirror = row * d + d - 1 - i % d;
                double plain = dFused.of(s)[row * 2 * d + i % d];
                double mirrored = dFused.of(s)[row * 2 * d + d + i % d];
                dX[i] += plain * y.of(s)[i] + mirrored * y.of(s)[mirror];
                dY[i] += plain * x.of(s)[i];
                dY[mirror] += mirrored * x.of(s)[i];
            }
            Stack.assertClose("dX", got.floats(0, s), Tolerance.FLOAT32, i -> dX[i]);
            Stack.assertClose("dY", got.floats(1, s), Tolerance.FLOAT32, i -> dY[i]);
        }
    }

    private static void ones(CpuKernels kernels, int[] size) {
        int n = size[1];
        int d = size[2];
        Stack x = Stack.random(size[0], n, d, 1);
        Results appended = KernelCall.of("append_ones_f32")
                .write(size[0], n * (d + 1))
                .read(x.matrices())
                .value(size)
                .run(kernels);
        for (int s = 0; s < size[0]; s++) {
            float[] values = x.of(s);
            Stack.assertSame("out", appended.floats(0, s), i -> entry(values, i / (d + 1), d, i % (d + 1)));
        }
        Stack longer = Stack.random(size[0], n, d + 1, 4);
        Results dropped = KernelCall.of("drop_last_f32")
                .write(size[0], n * d)
                .read(longer.matrices())
                .value(size)
                .run(kernels);
        for (int s = 0; s < size[0]; s++) {
            float[] values = longer.of(s);
            Stack.assertSame("out", dropped.floats(0, s), i -> values[i / d * (d + 1) + i % d]);
        }
    }

    private static void outerForward(CpuKernels kernels, Case c) {
        Stack x = c.x();
        Stack y = c.y();
        Results got = KernelCall.of("outer_forward_f32")
                .write(c.students, c.n * c.lines() * c.cols())
                .read(x.matrices())
                .read(y.matrices())
                .value(c.students, c.n, c.d, c.e, c.augmented)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] left = x.of(s);
            float[] right = y.of(s);
            Stack.assertClose("fused", got.floats(0, s), new Tolerance(1e-7, 1e-3), i -> {
                int line = i / c.cols();
                int row = line / c.lines();
                return entry(left, row, c.d, line % c.lines()) * entry(right, row, c.e, i % c.cols());
            });
        }
    }

    private static void outerBackward(CpuKernels kernels, Case c) {
        Stack dFused = Stack.random(c.students, c.n, c.lines() * c.cols(), 3);
        Stack x = c.x();
        Stack y = c.y();
        Results got = KernelCall.of("outer_backward_f32")
                .write(c.students, c.n * c.d)
                .write(c.students, c.n * c.e)
                .read(dFused.matrices())
                .read(x.matrices())
                .read(y.matrices())
                .value(c.students, c.n, c.d, c.e, c.augmented)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] gradient = dFused.of(s);
            float[] left = x.of(s);
            float[] right = y.of(s);
            Stack.assertClose("dX", got.floats(0, s), Tolerance.ofProducts(4 * c.cols()), i -> {
                double sum = 0;
                for (int b = 0; b < c.cols(); b++) {
                    int line = i / c.d * c.lines() + i % c.d;
                    sum += gradient[line * c.cols() + b] * entry(right, i / c.d, c.e, b);
                }
                return sum;
            });
            Stack.assertClose("dY", got.floats(1, s), Tolerance.ofProducts(4 * c.lines()), i -> {
                double sum = 0;
                for (int a = 0; a < c.lines(); a++) {
                    int line = i / c.e * c.lines() + a;
                    sum += gradient[line * c.cols() + i % c.e] * entry(left, i / c.e, c.d, a);
                }
                return sum;
            });
        }
    }

    private static void contract(CpuKernels kernels, Case c) {
        Stack out = Stack.random(c.students, c.n, c.width, 5);
        Stack t = Stack.random(c.students, c.n * c.cols(), c.width, 6);
        Stack y = c.y();
        Results got = KernelCall.of("bilinear_contract_f32")
                .update(out.matrices())
                .read(t.matrices())
                .read(y.matrices())
                .value(c.students, c.n, c.e, c.width, c.augmented)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] before = out.of(s);
            float[] middle = t.of(s);
            float[] right = y.of(s);
            Stack.assertClose("out", got.floats(0, s), Tolerance.ofProducts(4 * c.cols()), i -> {
                int row = i / c.width;
                double sum = before[i];
                for (int b = 0; b < c.cols(); b++) {
                    sum += entry(right, row, c.e, b) * middle[(row * c.cols() + b) * c.width + i % c.width];
                }
                return sum;
            });
        }
    }

    private static void spread(CpuKernels kernels, Case c) {
        Stack dOut = Stack.random(c.students, c.n, c.width, 7);
        Stack y = c.y();
        Results got = KernelCall.of("bilinear_spread_f32")
                .write(c.students, c.n * c.cols() * c.width)
                .read(y.matrices())
                .read(dOut.matrices())
                .value(c.students, c.n, c.e, c.width, c.augmented)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] gradient = dOut.of(s);
            float[] right = y.of(s);
            Stack.assertClose("t", got.floats(0, s), new Tolerance(1e-7, 1e-3), i -> {
                int line = i / c.width;
                int row = line / c.cols();
                return entry(right, row, c.e, line % c.cols()) * gradient[row * c.width + i % c.width];
            });
        }
    }

    private static void input(CpuKernels kernels, Case c) {
        Stack t = Stack.random(c.students, c.n * c.cols(), c.width, 8);
        Stack dOut = Stack.random(c.students, c.n, c.width, 9);
        Results got = KernelCall.of("bilinear_input_f32")
                .write(c.students, c.n * c.e)
                .read(t.matrices())
                .read(dOut.matrices())
                .value(c.students, c.n, c.e, c.width, c.augmented)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] middle = t.of(s);
            float[] gradient = dOut.of(s);
            Stack.assertClose("dY", got.floats(0, s), Tolerance.ofProducts(4 * c.width), i -> {
                int row = i / c.e;
                double sum = 0;
                for (int k = 0; k < c.width; k++) {
                    sum += (double) middle[(row * c.cols() + i % c.e) * c.width + k] * gradient[row * c.width + k];
                }
                return sum;
            });
        }
    }
}
