package org.metafusion.cpu;

import java.util.Arrays;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendInfo;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.OptimizerKernels;
import org.metafusion.core.tensor.RowKernel;
import org.metafusion.core.tensor.checked.CheckedBackend;

/** Tensors in heap arrays, computed on by a fixed set of threads, student by student. */
public final class CpuBackend extends CheckedBackend<CpuTensor> {

    static final String NAME = "cpu";

    private final BackendInfo info;
    private final WorkerPool pool;
    private final CallQueue queue;
    private final DenseKernels dense;
    private final FusionKernels fusion;
    private final GateKernels gates;
    private final LossKernels loss;
    private final OptimizerKernels optimizer;
    private final RowKernel rows;

    /** A backend with one thread a processor. */
    public CpuBackend() {
        this(BackendConfig.DEFAULT);
    }

    /** @throws org.metafusion.core.FusionException if the products that {@code fusion.cpu.products} asks for are not there */
    public CpuBackend(BackendConfig config) {
        this(config, InnerLoops.fromSystemProperty());
    }

    CpuBackend(BackendConfig config, InnerLoops loops) {
        super(NAME, CpuTensor.class);
        int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        pool = new WorkerPool(threads);
        Workspace[] workspaces = new Workspace[threads];
        Arrays.setAll(workspaces, i -> new Workspace(loops));
        queue = new CallQueue(this, pool, workspaces);
        dense = new CpuDenseKernels(queue);
        fusion = new CpuFusionKernels(queue);
        gates = new CpuGateKernels(queue);
        loss = new CpuLossKernels(queue, new PeerStack.Cache(this));
        optimizer = new CpuOptimizerKernels(queue);
        rows = loops.rows();
        info = new BackendInfo(
                NAME, System.getProperty("os.arch") + ", " + threads + " threads", "products: " + loops.reason());
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    @Override
    protected CpuArena newArena(String purpose) {
        return new CpuArena(this, purpose);
    }

    @Override
    protected void write(CpuTensor target, float[] values) {
        queue.flush();
        for (int i = 0; i < target.members().count(); i++) {
            System.arraycopy(values, i * target.area(), target.data(), target.offsetOf(i), target.area());
        }
    }

    @Override
    protected void read(CpuTensor source, float[] values) {
        queue.flush();
        for (int i = 0; i < source.members().count(); i++) {
            System.arraycopy(source.data(), source.offsetOf(i), values, i * source.area(), source.area());
        }
    }

    @Override
    protected void gatherRows(CpuTensor out, CpuTensor source, int[] rows, int from) {
        queue.flush();
        int cols = source.cols();
        for (int m = 0; m < out.members().count(); m++) {
            for (int i = 0; i < out.rows(); i++) {
                int sourceAt = source.offsetOf(m) + rows[from + i] * cols;
                System.arraycopy(source.data(), sourceAt, out.data(), out.offsetOf(m) + i * cols, cols);
            }
        }
    }

    @Override
    protected void writeRows(CpuTensor out, RowValues source, int[] rows, int from) {
        queue.flush();
        copyRows(source, rows, from, out.rows(), out.data(), out.offsetOf(0));
    }

    /** The host's memory is this device's; a second copy gains nothing. */
    @Override
    public boolean hasRoomFor(long bytes) {
        return false;
    }

    @Override
    protected void fillWith(CpuTensor target, float value) {
        queue.flush();
        for (int i = 0; i < target.members().count(); i++) {
            Arrays.fill(target.data(), target.offsetOf(i), target.offsetOf(i) + target.area(), value);
        }
    }

    @Override
    protected void await() {
        queue.flush();
    }

    @Override
    public DenseKernels dense() {
        return dense;
    }

    @Override
    public FusionKernels fusion() {
        return fusion;
    }

    @Override
    public GateKernels gates() {
        return gates;
    }

    @Override
    public LossKernels loss() {
        return loss;
    }

    @Override
    public OptimizerKernels optimizer() {
        return optimizer;
    }

    @Override
    public RowKernel rowKernel() {
        return rows;
    }

    @Override
    protected void release() {
        pool.close();
    }

    /** Refuses to work once closed. */
    void requireUsable() {
        requireOpen();
    }

    /** Work that is queued on an arena's tensors is done before they go. */
    void beforeClose() {
        if (!isClosed()) {
            queue.flush();
        }
    }
}
