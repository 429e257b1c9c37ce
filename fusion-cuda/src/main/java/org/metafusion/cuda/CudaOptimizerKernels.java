package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.core.tensor.checked.CheckedOptimizerKernels;

/** AdamW, copies, rescaling and noise of parameters by {@code optimizer.cu}: one launch for the parts of all students. */
final class CudaOptimizerKernels extends CheckedOptimizerKernels<CudaCall> {

    private static final int MOST_LAYOUTS = 128;

    private final CudaBackend backend;
    private final Launcher launcher;
    private final StudentNumbers numbers;
    private final List<Bounds> known = new ArrayList<>();

    /** Bounds of parts on the device. */
    private record Bounds(int[] values, long longest, CudaArena arena, long address) {}

    CudaOptimizerKernels(CudaBackend backend, Launcher launcher) {
        this.backend = backend;
        this.launcher = launcher;
        this.numbers = new StudentNumbers(backend);
    }

    @Override
    protected CudaCall begin(String operation) {
        return backend.begin(operation);
    }

    @Override
    protected void adamW(CudaCall call, ParameterLayout layout, AdamW step) {
        Bounds bounds = bounds(layout);
        buffers(call, bounds)
                .real(step.learningRate())
                .real(step.beta1())
                .real(step.beta2())
                .real(step.epsilon())
                .real(step.weightDecay())
                .pointer(backend.scalars().put(correction(step.beta1(), step), correction(step.beta2(), step)))
                .run(Kernel.ADAMW, layout.members().count(), (bounds.longest + 3) / 4);
    }

    @Override
    protected void copy(CudaCall call, ParameterLayout layout) {
        Bounds bounds = bounds(layout);
        buffers(call, bounds).run(Kernel.COPY_PARTS, layout.members().count(), (bounds.longest + 3) / 4);
    }

    @Override
    protected void rescale(CudaCall call, ParameterLayout layout) {
        Bounds bounds = bounds(layout);
        launcher.none()
                .pointer(call.operand(0).address(0))
                .pointer(call.operand(1).address(0))
                .pointer(bounds.address)
                .integer(bounds.values.length / 2)
                .pointer(call.table(2).address())
                .run(Kernel.RESCALE_PARTS, layout.members().count(), (bounds.longest + 3) / 4);
    }

    @Override
    protected void addNoise(CudaCall call, ParameterLayout layout, long seed) {
        buffers(call, bounds(layout))
                .pointer(numbers.of(layout.members()))
                .pointer(backend.scalars().put(seed))
                .runBlocks(Kernel.NOISE_PARTS, layout.members().count(), 1);
    }

    private Launcher buffers(CudaCall call, Bounds bounds) {
        launcher.none();
        for (int i = 0; i < call.count(); i++) {
            launcher.pointer(call.operand(i).address(0));
        }
        return launcher.pointer(bounds.address).integer(bounds.values.length / 2);
    }

    /** The bounds of a layout, uploaded when first asked for. */
    private Bounds bounds(ParameterLayout layout) {
        for (int i = 0; i < known.size(); i++) {
            if (Arrays.equals(known.get(i).values, layout.bounds())) {
                return known.get(i);
            }
        }
        if (known.size() == MOST_LAYOUTS) {
            known.remove(0).arena.close();
        }
        int[] values = layout.bounds().clone();
        long longest = 0;
        for (int i = 0; i < values.length; i += 2) {
            longest = Math.max(longest, values[i + 1] - values[i]);
        }
        CudaArena arena = backend.scratchArena("parts of the parameters");
        Bounds bounds = new Bounds(values, longest, arena, arena.keep(values));
        known.add(bounds);
        return bounds;
    }
}
