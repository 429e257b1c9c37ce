package org.metafusion.cpu;

import java.util.Arrays;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendInfo;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.OptimizerKernels;
import org.metafusion.core.tensor.RowKernel;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;

/** Tensors in heap arrays, computed on by a fixed set of threads, student by student. */
public final class CpuBackend implements TensorBackend {

    static final String NAME = "cpu";

    private final BackendInfo info;
    private final WorkerPool pool;
    private final CallQueue queue;
    private final DenseKernels dense;
    private final FusionKernels fusion;
    private final LossKernels loss;
    private final OptimizerKernels optimizer;
    private final RowKernel rows;
    private boolean closed;

    /** A backend with one thread a processor. */
    public CpuBackend() {
        this(BackendConfig.DEFAULT);
    }

    /** @throws org.metafusion.core.FusionException if the products that {@code fusion.cpu.products} asks for are not there */
    public CpuBackend(BackendConfig config) {
        this(config, InnerLoops.fromSystemProperty());
    }

    CpuBackend(BackendConfig config, InnerLoops loops) {
        int threads = config.threads() == 0 ? Runtime.getRuntime().availableProcessors() : config.threads();
        pool = new WorkerPool(threads);
        Workspace[] workspaces = new Workspace[threads];
        Arrays.setAll(workspaces, i -> new Workspace(loops));
        queue = new CallQueue(this, pool, workspaces);
        dense = new CpuDenseKernels(queue);
        fusion = new CpuFusionKernels(queue);
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
    public CpuArena openArena(String purpose) {
        requireOpen();
        return new CpuArena(this, purpose);
    }

    @Override
    public void upload(Tensor target, float[] values) {
        CpuTensor to = own("upload", "target", target);
        requireSize("upload", "target", to, values);
        queue.flush();
        for (int i = 0; i < to.members().count(); i++) {
            System.arraycopy(values, i * to.area(), to.data(), to.offsetOf(i), to.area());
        }
    }

    @Override
    public void download(Tensor source, float[] values) {
        CpuTensor from = own("download", "source", source);
        requireSize("download", "source", from, values);
        queue.flush();
        for (int i = 0; i < from.members().count(); i++) {
            System.arraycopy(from.data(), from.offsetOf(i), values, i * from.area(), from.area());
        }
    }

    private static void requireSize(String operation, String name, CpuTensor tensor, float[] values) {
        if (values.length != tensor.size()) {
            throw new IllegalArgumentException(operation + ": " + name + " " + tensor.shape() + " takes "
                    + tensor.size() + " values but got " + values.length);
        }
    }

    @Override
    public void gather(Tensor out, Tensor source, int[] rows, int from) {
        CpuTensor to = own("gather", "out", out);
        CpuTensor all = own("gather", "source", source);
        if (to.cols() != all.cols() || !to.members().equals(all.members())) {
            throw new IllegalArgumentException("gather: out must have the members and columns of source, " + all.shape()
                    + " of " + all.members() + ", but is " + to.shape() + " of " + to.members());
        }
        if (from < 0 || from > rows.length - to.rows()) {
            throw new IllegalArgumentException("gather: out " + to.shape() + " takes " + to.rows() + " rows from "
                    + from + " but only " + rows.length + " are given");
        }
        for (int i = from; i < from + to.rows(); i++) {
            if (rows[i] < 0 || rows[i] >= all.rows()) {
                throw new IllegalArgumentException(
                        "gather: row " + rows[i] + " at " + i + " is not in source " + all.shape());
            }
        }
        queue.flush();
        int cols = all.cols();
        for (int m = 0; m < to.members().count(); m++) {
            for (int i = 0; i < to.rows(); i++) {
                int sourceAt = all.offsetOf(m) + rows[from + i] * cols;
                System.arraycopy(all.data(), sourceAt, to.data(), to.offsetOf(m) + i * cols, cols);
            }
        }
    }

    @Override
    public void fill(Tensor target, float value) {
        CpuTensor to = own("fill", "target", target);
        queue.flush();
        for (int i = 0; i < to.members().count(); i++) {
            Arrays.fill(to.data(), to.offsetOf(i), to.offsetOf(i) + to.area(), value);
        }
    }

    @Override
    public void synchronize() {
        requireOpen();
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
    public void close() {
        if (!closed) {
            closed = true;
            pool.close();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The cpu backend is closed; open another");
        }
    }

    /** Work that is queued on an arena's tensors is done before they go. */
    void beforeClose() {
        if (!closed) {
            queue.flush();
        }
    }

    /** The tensor as one of this backend and of an open arena. */
    CpuTensor own(String operation, String name, Tensor tensor) {
        requireOpen();
        if (!(tensor instanceof CpuTensor own)) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " must be a tensor of this cpu backend but is a "
                            + tensor.getClass().getSimpleName());
        }
        if (own.arena().backend() != this) {
            throw new IllegalArgumentException(
                    operation + ": " + name + " must be a tensor of this cpu backend but belongs to another one");
        }
        if (own.arena().isClosed()) {
            throw new IllegalStateException(operation + ": " + name + " belongs to arena '"
                    + own.arena().purpose() + "', which is closed");
        }
        return own;
    }
}
