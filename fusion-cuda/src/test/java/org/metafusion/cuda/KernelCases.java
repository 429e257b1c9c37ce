package org.metafusion.cuda;

import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/** Every kernel with operands of a given size, spread over 24 students; bytes are those said in the kernels' sources. */
final class KernelCases {

    private static final int STUDENTS = 24;
    private static final int WIDTH = 64;
    private static final int OUTER = 16;
    private static final Members ALL = Members.all(STUDENTS);

    private final CudaBackend backend;
    private final Launcher launcher;
    private final long floats;

    /** @param bytes of the largest operand of a kernel, about */
    KernelCases(CudaBackend backend, long bytes) {
        this.backend = backend;
        this.launcher = new Launcher(backend.device());
        this.floats = bytes / Float.BYTES;
    }

    /** Rows of {@code width} floats for each student. */
    private int rows(int width) {
        return (int) Math.max(1, floats / STUDENTS / width);
    }

    /** Makes the operands of one kernel after the other, and frees them after it was timed. */
    void each(Consumer<KernelTimes.Timed> timed) {
        elementwise(timed);
        fusion(timed);
        new GateCases(backend, ALL, rows(WIDTH), WIDTH).each(timed);
        bilinear(timed);
        losses(timed);
        parameters(timed);
    }

    private void with(
            Consumer<KernelTimes.Timed> timed,
            String name,
            long bytes,
            BiFunction<TensorArena, Launcher, Runnable> made) {
        try (TensorArena arena = backend.openArena(name)) {
            timed.accept(new KernelTimes.Timed(name, bytes, made.apply(arena, launcher)));
        }
    }

    private void elementwise(Consumer<KernelTimes.Timed> timed) {
        int n = rows(WIDTH);
        long area = (long) STUDENTS * n * WIDTH;
        var dense = backend.dense();
        with(timed, "fill", 4 * area, (arena, l) -> {
            Tensor y = arena.zeros(ALL, n, WIDTH);
            return () -> backend.fill(y, 1f);
        });
        with(timed, "bias", 4 * area, (arena, l) -> {
            Tensor y = arena.zeros(ALL, n, WIDTH);
            Tensor b = arena.zeros(ALL, 1, WIDTH);
            return () -> dense.bias(y, b);
        });
        with(timed, "relu", 8 * area, (arena, l) -> {
            Tensor y = arena.zeros(ALL, n, WIDTH);
            return () -> dense.activate(y, Activation.RELU);
        });
        with(timed, "relu_backward", 12 * area, (arena, l) -> {
            Tensor dY = arena.zeros(ALL, n, WIDTH);
            Tensor y = arena.zeros(ALL, n, WIDTH);
            return () -> dense.activateBackward(dY, y, Activation.RELU);
        });
        with(timed, "bias_backward", 4 * area, (arena, l) -> {
            Tensor dB = arena.zeros(ALL, 1, WIDTH);
            Tensor dY = arena.zeros(ALL, n, WIDTH);
            return () -> dense.biasBackward(dB, dY);
        });
        with(timed, "add", 12 * area, (arena, l) -> {
            Tensor y = arena.zeros(ALL, n, WIDTH);
            Tensor x = arena.zeros(ALL, n, WIDTH);
            return () -> dense.add(y, x);
        });
        with(timed, "dropout", 8 * area, (arena, l) -> {
            Tensor y = arena.zeros(ALL, n, WIDTH);
            return () -> dense.dropout(y, 0.2f, 1);
        });
        gather(timed);
    }

    private void gather(Consumer<KernelTimes.Timed> timed) {
        int n = (int) Math.max(1, floats / WIDTH);
        with(timed, "gather", 8L * n * WIDTH + 4L * n, (arena, l) -> {
            Tensor out = arena.zeros(Members.SHARED, n, WIDTH);
            Tensor source = arena.zeros(Members.SHARED, n, WIDTH);
            int[] order = new Random(1).ints(n, 0, n).toArray();
            return () -> backend.gather(out, source, order, 0);
        });
    }

    private void fusion(Consumer<KernelTimes.Timed> timed) {
        int n = rows(2 * WIDTH);
        long area = (long) STUDENTS * n * WIDTH;
        with(timed, "product_forward", 16 * area, (arena, l) -> {
            Tensor fused = arena.zeros(ALL, n, 2 * WIDTH);
            Tensor x = arena.zeros(ALL, n, WIDTH);
            Tensor y = arena.zeros(ALL, n, WIDTH);
            return () -> backend.fusion().productForward(fused, x, y);
        });
        with(timed, "product_backward", 24 * area, (arena, l) -> {
            Tensor dFused = arena.zeros(ALL, n, 2 * WIDTH);
            Tensor dX = arena.zeros(ALL, n, WIDTH);
            Tensor dY = arena.zeros(ALL, n, WIDTH);
            Tensor x = arena.zeros(ALL, n, WIDTH);
            Tensor y = arena.zeros(ALL, n, WIDTH);
            return () -> backend.fusion().productBackward(dX, dY, dFused, x, y);
        });
        int width = (OUTER + 1) * (OUTER + 1);
        int lines = rows(width);
        long outer = 4L * STUDENTS * lines * width;
        with(timed, "outer_forward", outer, (arena, l) -> {
            Tensor fused = arena.zeros(ALL, lines, width);
            Tensor x = arena.zeros(ALL, lines, OUTER);
            Tensor y = arena.zeros(ALL, lines, OUTER);
            return () -> backend.fusion().tensorForward(fused, x, y, true);
        });
        with(timed, "outer_backward", outer, (arena, l) -> {
            Tensor dFused = arena.zeros(ALL, lines, width);
            Tensor dX = arena.zeros(ALL, lines, OUTER);
            Tensor dY = arena.zeros(ALL, lines, OUTER);
            Tensor x = arena.zeros(ALL, lines, OUTER);
            Tensor y = arena.zeros(ALL, lines, OUTER);
            return () -> backend.fusion().tensorBackward(dX, dY, dFused, x, y, true);
        });
    }

    /** The kernels beside the products of tensor fusion, launched as {@link CudaFusionKernels} does. */
    private void bilinear(Consumer<KernelTimes.Timed> timed) {
        int n = rows((OUTER + 1) * WIDTH);
        long t = 4L * STUDENTS * n * (OUTER + 1) * WIDTH;
        bilinear(
                timed,
                Kernel.BILINEAR_CONTRACT,
                t,
                (l, p) -> l.none().pointer(p[2]).pointer(p[0]).pointer(p[1]));
        bilinear(
                timed,
                Kernel.BILINEAR_SPREAD,
                t,
                (l, p) -> l.none().pointer(p[0]).pointer(p[1]).pointer(p[2]));
        bilinear(
                timed,
                Kernel.BILINEAR_INPUT,
                t * OUTER / (OUTER + 1),
                (l, p) -> l.none().pointer(p[1]).pointer(p[0]).pointer(p[2]));
        int lines = rows(WIDTH + 1);
        long ones = 8L * STUDENTS * lines * WIDTH;
        with(timed, "append_ones", ones + 4L * STUDENTS * lines, (arena, l) -> {
            long to = table(arena.zeros(ALL, lines, WIDTH + 1));
            long x = table(arena.zeros(ALL, lines, WIDTH));
            return () -> rows(l.none().pointer(to).pointer(x), lines)
                    .run(Kernel.APPEND_ONES, STUDENTS, (long) lines * (WIDTH + 1));
        });
        with(timed, "drop_last", ones, (arena, l) -> {
            long to = table(arena.zeros(ALL, lines, WIDTH));
            long x = table(arena.zeros(ALL, lines, WIDTH + 1));
            return () ->
                    rows(l.none().pointer(to).pointer(x), lines).run(Kernel.DROP_LAST, STUDENTS, (long) lines * WIDTH);
        });
    }

    private static long table(Tensor tensor) {
        return ((CudaTensor) tensor).table(ALL).address();
    }

    private static Launcher rows(Launcher launcher, int n) {
        return launcher.integer(STUDENTS).integer(n).integer(WIDTH);
    }

    /** @param operands gives the launcher the addresses of t, y or dY, and out or dOut, in the kernel's order */
    private void bilinear(
            Consumer<KernelTimes.Timed> timed,
            Kernel kernel,
            long bytes,
            BiFunction<Launcher, long[], Launcher> operands) {
        int n = rows((OUTER + 1) * WIDTH);
        String name = kernel.symbol().replace("_f32", "");
        with(timed, name, bytes, (arena, l) -> {
            long[] tables = {
                table(arena.zeros(ALL, n, (OUTER + 1) * WIDTH)),
                table(arena.zeros(ALL, n, OUTER)),
                table(arena.zeros(ALL, n, WIDTH))
            };
            return () -> {
                operands.apply(l, tables)
                        .integer(STUDENTS)
                        .integer(n)
                        .integer(OUTER)
                        .integer(WIDTH)
                        .integer(1);
                switch (kernel) {
                    case BILINEAR_CONTRACT -> l.runBlocks(kernel, STUDENTS, (long) n * (WIDTH / 32));
                    case BILINEAR_SPREAD -> l.run(kernel, STUDENTS, (long) n * (OUTER + 1) * WIDTH / 4);
                    default -> l.run(kernel, STUDENTS, (long) n * OUTER * 32);
                }
            };
        });
    }

    private void losses(Consumer<KernelTimes.Timed> timed) {
        for (int k : new int[] {10, 64}) {
            for (float rho : new float[] {0f, 1f}) {
                String kind = " k=" + k + (rho == 0f ? " alone" : " mutual");
                loss(timed, "classification" + kind, k, rho, true);
                loss(timed, "regression" + kind, k, rho, false);
            }
        }
    }

    /** With the small kernel before it that inverts the students' numbers of rows. */
    private void loss(Consumer<KernelTimes.Timed> timed, String name, int k, float rho, boolean classification) {
        int n = rows(k);
        long bytes = 8L * STUDENTS * n * k;
        with(timed, name, bytes, (arena, l) -> {
            Tensor dOutputs = arena.zeros(ALL, n, k);
            Tensor outputs = arena.zeros(ALL, n, k);
            Tensor totals = arena.zeros(ALL, 1, 2);
            Tensor targets = arena.zeros(Members.SHARED, n, classification ? 1 : k);
            Tensor weights = arena.zeros(Members.SHARED, n, 1);
            Tensor divergence = arena.zeros(Members.SHARED, STUDENTS, STUDENTS);
            backend.fill(weights, 1f);
            backend.fill(divergence, 1f / STUDENTS);
            MutualTerm mutual = new MutualTerm(divergence, rho, 1f);
            return classification
                    ? () -> backend.loss().classification(dOutputs, totals, outputs, targets, weights, mutual)
                    : () -> backend.loss().regression(dOutputs, totals, outputs, targets, weights, mutual);
        });
    }

    private void parameters(Consumer<KernelTimes.Timed> timed) {
        int each = rows(4) * 4;
        int all = STUDENTS * each;
        int[] bounds = new int[2 * STUDENTS];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = (i + 1) / 2 * each;
        }
        ParameterLayout layout = new ParameterLayout(ALL, bounds);
        with(timed, "adamw", 28L * all, (arena, l) -> {
            Tensor p = arena.zeros(Members.SHARED, 1, all);
            Tensor g = arena.zeros(Members.SHARED, 1, all);
            Tensor m = arena.zeros(Members.SHARED, 1, all);
            Tensor v = arena.zeros(Members.SHARED, 1, all);
            AdamW step = AdamW.of(1e-3f, 0.01f, 1);
            return () -> backend.optimizer().adamW(p, g, m, v, layout, step);
        });
        with(timed, "copy_parts", 8L * all, (arena, l) -> {
            Tensor to = arena.zeros(Members.SHARED, 1, all);
            Tensor from = arena.zeros(Members.SHARED, 1, all);
            return () -> backend.optimizer().copy(to, from, layout);
        });
        with(timed, "rescale_parts", 12L * all, (arena, l) -> {
            Tensor to = arena.zeros(Members.SHARED, 1, all);
            Tensor from = arena.zeros(Members.SHARED, 1, all);
            Tensor factors = arena.zeros(ALL, 1, 1);
            return () -> backend.optimizer().rescale(to, from, factors, layout);
        });
        with(timed, "noise_parts", 16L * all, (arena, l) -> {
            Tensor to = arena.zeros(Members.SHARED, 1, all);
            return () -> backend.optimizer().addNoise(to, layout, 7);
        });
    }
}
