package org.metafusion.cpu;

import org.metafusion.core.tensor.DropoutMask;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.NormalNoise;
import org.metafusion.core.tensor.checked.CheckedOptimizerKernels;

/** AdamW, copies, rescaling and noise on each student's own part of the flat buffers. */
final class CpuOptimizerKernels extends CheckedOptimizerKernels<Call> {

    /**
     * Added to a moment and taken away again, which leaves normal values as they are and makes 0 of anything below
     * 1e-27: the moments of a parameter whose gradient has become 0 would otherwise decay into denormal numbers, stay
     * there, and make every later step many times slower.
     */
    private static final float FLUSH = 1e-20f;

    private final CallQueue queue;

    CpuOptimizerKernels(CallQueue queue) {
        this.queue = queue;
    }

    @Override
    protected Call begin(String operation) {
        return queue.begin(operation);
    }

    @Override
    protected void adamW(Call call, ParameterLayout layout, AdamW step) {
        call.scalars[0] = step.beta1();
        call.scalars[1] = step.beta2();
        call.scalars[2] = step.epsilon();
        call.scalars[3] = 1f - step.learningRate() * step.weightDecay();
        call.scalars[4] = step.learningRate() * correction(step.beta1(), step);
        call.scalars[5] = correction(step.beta2(), step);
        queue.submit(CpuOptimizerKernels::runAdamW, 12 * meanPart(layout));
    }

    private static long meanPart(ParameterLayout layout) {
        long total = 0;
        int[] bounds = layout.bounds();
        for (int i = 0; i < bounds.length; i += 2) {
            total += bounds[i + 1] - bounds[i];
        }
        return 2 * total / bounds.length;
    }

    private static void runAdamW(Call call, int student, Workspace workspace) {
        ParameterLayout layout = call.layout();
        if (layout == null) {
            return;
        }
        int index = layout.members().indexOf(student);
        int from = layout.bounds()[2 * index];
        int to = layout.bounds()[2 * index + 1];
        moments(call, from, to);
        update(call, from, to);
    }

    // The JDK 17 compiler does not vectorise loops that store to several arrays, so each array has its own.
    private static void moments(Call call, int from, int to) {
        float[] g = call.operand(1).data();
        float[] m = call.operand(2).data();
        float[] v = call.operand(3).data();
        float beta1 = call.scalars[0];
        float beta2 = call.scalars[1];
        float rest1 = 1f - beta1;
        float rest2 = 1f - beta2;
        for (int i = from; i < to; i++) {
            m[i] = beta1 * m[i] + rest1 * g[i] + FLUSH - FLUSH;
        }
        for (int i = from; i < to; i++) {
            v[i] = beta2 * v[i] + rest2 * g[i] * g[i] + FLUSH - FLUSH;
        }
    }

    private static void update(Call call, int from, int to) {
        float[] p = call.operand(0).data();
        float[] m = call.operand(2).data();
        float[] v = call.operand(3).data();
        float epsilon = call.scalars[2];
        float shrink = call.scalars[3];
        float rate = call.scalars[4];
        float correct = call.scalars[5];
        for (int i = from; i < to; i++) {
            p[i] = p[i] * shrink - rate * m[i] / ((float) Math.sqrt(v[i] * correct) + epsilon);
        }
    }

    @Override
    protected void rescale(Call call, ParameterLayout layout) {
        queue.submit(CpuOptimizerKernels::runRescale, 4 * meanPart(layout));
    }

    private static void runRescale(Call call, int student, Workspace workspace) {
        ParameterLayout layout = call.layout();
        if (layout == null) {
            return;
        }
        int index = layout.members().indexOf(student);
        float[] target = call.operand(0).data();
        float[] origin = call.operand(1).data();
        CpuTensor factors = call.operand(2);
        float factor = factors.data()[factors.offsetOf(factors.members().indexOf(student))];
        for (int i = layout.bounds()[2 * index]; i < layout.bounds()[2 * index + 1]; i++) {
            target[i] = origin[i] + factor * (target[i] - origin[i]);
        }
    }

    @Override
    protected void addNoise(Call call, ParameterLayout layout, long seed) {
        call.seed = seed;
        queue.submit(CpuOptimizerKernels::runAddNoise, 100 * meanPart(layout));
    }

    private static void runAddNoise(Call call, int student, Workspace workspace) {
        ParameterLayout layout = call.layout();
        if (layout == null) {
            return;
        }
        int index = layout.members().indexOf(student);
        int from = layout.bounds()[2 * index];
        int to = layout.bounds()[2 * index + 1];
        float[] target = call.operand(0).data();
        double deviation = deviation(target, from, to);
        int key = DropoutMask.key(call.seed, student);
        for (int i = from; i < to; i++) {
            target[i] += (float) (deviation * NormalNoise.of(key, i - from));
        }
    }

    private static double deviation(float[] values, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        double mean = sum / Math.max(1, to - from);
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / Math.max(1, to - from));
    }

    @Override
    protected void copy(Call call, ParameterLayout layout) {
        queue.submit(CpuOptimizerKernels::runCopy, 4 * meanPart(layout));
    }

    private static void runCopy(Call call, int student, Workspace workspace) {
        ParameterLayout layout = call.layout();
        if (layout == null) {
            return;
        }
        Members members = layout.members();
        int index = members.indexOf(student);
        int from = layout.bounds()[2 * index];
        int length = layout.bounds()[2 * index + 1] - from;
        System.arraycopy(call.operand(1).data(), from, call.operand(0).data(), from, length);
    }
}
