package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.cuda.KernelCall.Results;
import org.metafusion.testkit.OptimizerReference;
import org.metafusion.testkit.Tolerance;

/** What must hold for the kernels of {@code optimizer.cu}. */
final class OptimizerChecks {

    /** Buffers' sizes and the parts' bounds: an empty part, parts that start anywhere, gaps between them. */
    private static final int[][] LAYOUTS = {
        {1, 0, 1}, {7, 1, 6}, {40, 0, 3, 3, 3, 5, 37}, {900, 2, 301, 301, 888}, {64, 0, 16, 16, 32, 32, 64}
    };

    private OptimizerChecks() {}

    static List<KernelCheck> all() {
        List<KernelCheck> checks = new ArrayList<>();
        for (int[] layout : LAYOUTS) {
            int[] bounds = Arrays.copyOfRange(layout, 1, layout.length);
            String shape = " of " + layout[0] + ", parts " + Arrays.toString(bounds);
            for (int step : new int[] {1, 100}) {
                checks.add(new KernelCheck(
                        "AdamW, step " + step + shape, kernels -> adamW(kernels, layout[0], bounds, step)));
            }
            checks.add(new KernelCheck("copy parts" + shape, kernels -> copy(kernels, layout[0], bounds)));
            checks.add(new KernelCheck("rescale parts" + shape, kernels -> rescale(kernels, layout[0], bounds)));
            checks.add(new KernelCheck("noise on parts" + shape, kernels -> noise(kernels, layout[0], bounds)));
        }
        checks.add(new KernelCheck("AdamW makes 0 of moments below 1e-27", OptimizerChecks::flush));
        return checks;
    }

    private static boolean owned(int[] bounds, int element) {
        return part(bounds, element) >= 0;
    }

    private static void adamW(CpuKernels kernels, int size, int[] bounds, int step) {
        Stack buffers = Stack.random(4, 1, size, step);
        float[] v = buffers.of(3);
        for (int i = 0; i < size; i++) {
            v[i] *= v[i];
        }
        double rate = 0.01f;
        double decay = 0.1f;
        double beta1 = 0.9f;
        double beta2 = 0.999f;
        double correction1 = 1 / (1 - Math.pow(beta1, step));
        double correction2 = 1 / (1 - Math.pow(beta2, step));
        Results got = KernelCall.of("adamw_f32")
                .updateArray(buffers.of(0))
                .readArray(buffers.of(1))
                .updateArray(buffers.of(2))
                .updateArray(v)
                .readInts(bounds)
                .value(bounds.length / 2)
                .value((float) rate, (float) beta1, (float) beta2, 1e-8f, (float) decay)
                .readArray((float) correction1, (float) correction2)
                .run(kernels);
        double[] p = new double[size];
        double[] m = new double[size];
        double[] second = new double[size];
        for (int i = 0; i < size; i++) {
            double g = buffers.of(1)[i];
            boolean owned = owned(bounds, i);
            m[i] = owned ? beta1 * buffers.of(2)[i] + (1 - beta1) * g : buffers.of(2)[i];
            second[i] = owned ? beta2 * v[i] + (1 - beta2) * g * g : v[i];
            double change = rate * m[i] * correction1 / (Math.sqrt(second[i] * correction2) + 1e-8f);
            p[i] = owned ? buffers.of(0)[i] * (1 - rate * decay) - change : buffers.of(0)[i];
        }
        Stack.assertClose("p", got.floats(0, 0), Tolerance.FLOAT32, i -> p[i]);
        Stack.assertClose("m", got.floats(1, 0), Tolerance.FLOAT32, i -> m[i]);
        Stack.assertClose("v", got.floats(2, 0), Tolerance.FLOAT32, i -> second[i]);
    }

    private static void flush(CpuKernels kernels) {
        Results got = KernelCall.of("adamw_f32")
                .updateArray(1f, 1f, 1f, 1f, 1f)
                .readArray(0f, 0f, 0f, 0f, 0f)
                .updateArray(1e-28f, -1e-28f, 1e-30f, 1e-40f, 1e-20f)
                .updateArray(1e-28f, 1e-30f, 1e-40f, 0f, 1e-20f)
                .readInts(0, 5)
                .value(1)
                .value(0.01f, 0.9f, 0.999f, 1e-8f, 0f)
                .readArray(1f, 1f)
                .run(kernels);
        for (int moment = 1; moment <= 2; moment++) {
            float[] values = got.floats(moment, 0);
            Stack.assertSame("moment", Arrays.copyOf(values, 4), i -> 0);
            double beta = moment == 1 ? 0.9 : 0.999;
            Stack.assertClose("kept", new float[] {values[4] * 1e20f}, new Tolerance(1e-6, 1), i -> beta);
        }
    }

    private static void copy(CpuKernels kernels, int size, int[] bounds) {
        Stack buffers = Stack.random(2, 1, size, 3);
        Results got = KernelCall.of("copy_parts_f32")
                .updateArray(buffers.of(0))
                .readArray(buffers.of(1))
                .readInts(bounds)
                .value(bounds.length / 2)
                .run(kernels);
        Stack.assertSame("target", got.floats(0, 0), i -> buffers.of(owned(bounds, i) ? 1 : 0)[i]);
    }

    private static void rescale(CpuKernels kernels, int size, int[] bounds) {
        Stack buffers = Stack.random(2, 1, size, 4);
        int parts = bounds.length / 2;
        Stack factors = Stack.random(parts, 1, 1, 5);
        Results got = KernelCall.of("rescale_parts_f32")
                .updateArray(buffers.of(0))
                .readArray(buffers.of(1))
                .readInts(bounds)
                .value(parts)
                .read(factors.matrices())
                .run(kernels);
        double[] want = new double[size];
        for (int i = 0; i < size; i++) {
            double origin = buffers.of(1)[i];
            double target = buffers.of(0)[i];
            int part = part(bounds, i);
            want[i] = part < 0 ? target : origin + factors.of(part)[0] * (target - origin);
        }
        Stack.assertClose("target", got.floats(0, 0), new Tolerance(2e-5, 10), i -> want[i]);
    }

    private static int part(int[] bounds, int element) {
        for (int i = 0; i < bounds.length; i += 2) {
            if (element >= bounds[i] && element < bounds[i + 1]) {
                return i / 2;
            }
        }
        return -1;
    }

    private static void noise(CpuKernels kernels, int size, int[] bounds) {
        float[] before = Stack.random(1, 1, size, 6).of(0);
        int parts = bounds.length / 2;
        int[] ids = new int[parts];
        Arrays.setAll(ids, i -> 3 * i + 1);
        long seed = 0x1234_5678_9ABC_DEF0L;
        Results got = KernelCall.of("noise_parts_f32")
                .updateArray(before)
                .readInts(bounds)
                .value(parts)
                .readInts(ids)
                .readInts((int) seed, (int) (seed >>> 32))
                .run(kernels);
        double[] want = new double[size];
        for (int i = 0; i < size; i++) {
            want[i] = before[i];
        }
        for (int part = 0; part < parts; part++) {
            OptimizerReference.addNoise(want, bounds[2 * part], bounds[2 * part + 1], seed, ids[part]);
        }
        Stack.assertClose("target", got.floats(0, 0), new Tolerance(2e-5, 10), i -> want[i]);
    }
}
