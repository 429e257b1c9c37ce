package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.cuda.KernelCall.Results;
import org.metafusion.testkit.Tolerance;

/** What must hold for the kernels of {@code gate.cu}. */
final class GateChecks {

    private GateChecks() {}

    /** Students, rows, width and blocks, which are the gates of a row as well. */
    private record Case(int students, int n, int width, int blocks) {
        static List<Case> all() {
            return List.of(
                    new Case(1, 1, 1, 1),
                    new Case(2, 3, 5, 2),
                    new Case(3, 7, 8, 3),
                    new Case(1, 65, 12, 1),
                    new Case(2, 2, 301, 4),
                    new Case(1, 130, 2, 7));
        }

        int wide() {
            return width * blocks;
        }

        /** Where the matching element of the narrow matrix lies. */
        int narrow(int i) {
            return i / wide() * width + i % width;
        }

        KernelCall sizes(KernelCall call) {
            return call.value(students, n, width, blocks);
        }
    }

    static List<KernelCheck> all() {
        List<KernelCheck> checks = new ArrayList<>();
        for (Case c : Case.all()) {
            String shape = " of " + Arrays.toString(new int[] {c.students, c.n, c.width, c.blocks});
            checks.add(new KernelCheck("gate" + shape, kernels -> gate(kernels, c)));
            checks.add(new KernelCheck("add gated" + shape, kernels -> addGated(kernels, c)));
            checks.add(new KernelCheck("rows gated" + shape, kernels -> gateRows(kernels, c)));
            checks.add(new KernelCheck("rows gated backward" + shape, kernels -> gateRowsBackward(kernels, c)));
        }
        return checks;
    }

    private static void gate(CpuKernels kernels, Case c) {
        Stack x = Stack.random(c.students, c.n, c.width, 1);
        Stack g = Stack.random(c.students, c.n, c.wide(), 2);
        Results got = c.sizes(KernelCall.of("gate_f32")
                        .write(c.students, c.n * c.wide())
                        .read(x.matrices())
                        .read(g.matrices()))
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] narrow = x.of(s);
            float[] gates = g.of(s);
            Stack.assertSame("out", got.floats(0, s), i -> narrow[c.narrow(i)] * gates[i]);
        }
    }

    private static void addGated(CpuKernels kernels, Case c) {
        Stack y = Stack.random(c.students, c.n, c.width, 3);
        Stack x = Stack.random(c.students, c.n, c.wide(), 4);
        Stack g = Stack.random(c.students, c.n, c.wide(), 5);
        Results got = c.sizes(KernelCall.of("add_gated_f32")
                        .update(y.matrices())
                        .read(x.matrices())
                        .read(g.matrices()))
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            double[] want = new double[c.n * c.width];
            Arrays.setAll(want, i -> 0);
            for (int i = 0; i < c.n * c.wide(); i++) {
                want[c.narrow(i)] += (double) x.of(s)[i] * g.of(s)[i];
            }
            float[] before = y.of(s);
            Stack.assertClose("y", got.floats(0, s), Tolerance.ofProducts(4 * c.blocks), i -> before[i] + want[i]);
        }
    }

    private static void gateRows(CpuKernels kernels, Case c) {
        Stack x = Stack.random(c.students, c.n, c.width, 6);
        Stack g = Stack.random(c.students, c.n, c.blocks, 7);
        int column = c.blocks - 1;
        Results got = c.sizes(KernelCall.of("gate_rows_f32")
                        .write(c.students, c.n * c.width)
                        .read(x.matrices())
                        .read(g.matrices()))
                .value(column)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] values = x.of(s);
            float[] gates = g.of(s);
            Stack.assertSame("out", got.floats(0, s), i -> values[i] * gates[i / c.width * c.blocks + column]);
        }
    }

    private static void gateRowsBackward(CpuKernels kernels, Case c) {
        Stack before = Stack.random(c.students, c.n, c.blocks, 8);
        Stack dOut = Stack.random(c.students, c.n, c.width, 9);
        Stack x = Stack.random(c.students, c.n, c.width, 10);
        int column = c.blocks / 2;
        Results got = c.sizes(KernelCall.of("gate_rows_backward_f32")
                        .update(before.matrices())
                        .read(dOut.matrices())
                        .read(x.matrices()))
                .value(column)
                .run(kernels);
        for (int s = 0; s < c.students; s++) {
            float[] gradient = dOut.of(s);
            float[] values = x.of(s);
            float[] kept = before.of(s);
            Stack.assertClose("dG", got.floats(0, s), Tolerance.ofProducts(4 * c.width), i -> {
                double sum = 0;
                for (int j = 0; j < c.width; j++) {
                    int at = i / c.blocks * c.width + j;
                    sum += (double) gradient[at] * values[at];
                }
                return i % c.blocks == column ? sum : kept[i];
            });
        }
    }
}
