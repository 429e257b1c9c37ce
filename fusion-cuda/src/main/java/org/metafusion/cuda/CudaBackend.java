package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.tensor.BackendInfo;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels;
import org.metafusion.core.tensor.checked.CheckedBackend;

/*
 * How a cohort runs on a GPU. A call is one launch for all its students: kernels take, for each operand, an array of
 * addresses ("pointer table"), one a student, so that stacks, views into a flat buffer and shared operands look the same
 * to them. Tables are made when a tensor meets a set of students for the first time and stay on the device, so a training
 * step launches kernels and matrix products and nothing else: no allocation, and one upload, the batch's row numbers.
 * Everything is queued on one stream; the host runs ahead until it downloads.
 */
/** Tensors on a graphics card; see the comment above. */
public final class CudaBackend extends CheckedBackend<CudaTensor> {

    static final String NAME = "cuda";

    /** Set {@code fusion.cuda.graph=false} to start every kernel of a step by itself. */
    private static final boolean GRAPHS = !"false".equals(System.getProperty("fusion.cuda.graph"));

    private static final System.Logger LOG = System.getLogger(CudaBackend.class.getName());

    private static final double SHARE_FOR_DATA = 0.6;
    private static final int PACKED_FLOATS = 1 << 22;

    private final StepRecorder device;
    private final Scalars scalars;
    private final BackendInfo info;
    private final Launcher launcher;
    private final List<CudaArena> open = new ArrayList<>();
    private final List<CudaArena> scratch = new ArrayList<>();
    private final RowNumbers rowNumbers;
    private float[] packed = new float[0];
    private final CudaCall call = new CudaCall(this);
    private final CudaDenseKernels dense;
    private final CudaFusionKernels fusion;
    private final CudaGateKernels gates;
    private final CudaLossKernels loss;
    private final CudaOptimizerKernels optimizer;

    /** Takes over the device, which is closed with the backend. */
    CudaBackend(Device device) {
        this(device, CudaFusionKernels.MOST_FLOATS);
    }

    /** @param mostFloats of tensor fusion's intermediate results at a time */
    CudaBackend(Device device, long mostFloats) {
        super(NAME, CudaTensor.class);
        this.device = new StepRecorder(device);
        this.scalars = new Scalars(this);
        this.info = new BackendInfo(NAME, device.name(), device.detail());
        this.launcher = new Launcher(this.device);
        this.rowNumbers = new RowNumbers(this);
        this.dense = new CudaDenseKernels(this, launcher);
        this.fusion = new CudaFusionKernels(this, launcher, dense.products(), mostFloats);
        this.gates = new CudaGateKernels(this, launcher);
        this.loss = new CudaLossKernels(this, launcher);
        this.optimizer = new CudaOptimizerKernels(this, launcher);
    }

    @Override
    public BackendInfo info() {
        return info;
    }

    /** The call's operands, to be named; there is one call at a time. */
    CudaCall begin(String operation) {
        requireOpen();
        return call.begun(operation);
    }

    Device device() {
        return device;
    }

    StepRecorder recorder() {
        return device;
    }

    Scalars scalars() {
        return scalars;
    }

    @Override
    public void repeat(Runnable calls) {
        requireOpen();
        if (!GRAPHS || device.isRecording()) {
            calls.run();
            return;
        }
        scalars.gather();
        device.begin(scalars::upload);
        try {
            calls.run();
        } catch (RuntimeException | Error e) {
            abandon(e);
            throw e;
        }
        device.end();
    }

    private void abandon(Throwable cause) {
        try {
            device.abandon();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    protected CudaArena newArena(String purpose) {
        CudaArena arena = new CudaArena(this, device, purpose);
        open.add(arena);
        return arena;
    }

    /** An arena of the backend's own, which is not reported as forgotten. */
    CudaArena scratchArena(String purpose) {
        CudaArena arena = new CudaArena(this, device, purpose);
        scratch.add(arena);
        return arena;
    }

    /** An arena that is being closed. */
    void forget(CudaArena arena) {
        open.remove(arena);
        scratch.remove(arena);
    }

    @Override
    protected void write(CudaTensor target, float[] values) {
        if (values.length == 0) {
            return;
        }
        if (target.isContiguous()) {
            device.write(target.address(0), values, 0, values.length);
            return;
        }
        for (int i = 0; i < target.members().count(); i++) {
            device.write(target.address(i), values, i * target.area(), target.area());
        }
    }

    @Override
    protected void read(CudaTensor source, float[] values) {
        if (values.length > 0) {
            readMatrices(source, values);
        }
        loss.requireLabels();
    }

    private void readMatrices(CudaTensor source, float[] values) {
        if (source.isContiguous()) {
            device.read(source.address(0), values, 0, values.length);
        } else {
            for (int i = 0; i < source.members().count(); i++) {
                device.read(source.address(i), values, i * source.area(), source.area());
            }
        }
    }

    @Override
    protected void gatherRows(CudaTensor out, CudaTensor source, int[] rows, int from) {
        if (out.size() == 0) {
            return;
        }
        Members members = out.members();
        launcher.none()
                .pointer(out.table(members).address())
                .pointer(source.table(members).address())
                .pointer(rowNumbers.on(rows, from, out.rows()))
                .integer(0)
                .integer(members.count())
                .integer(out.rows())
                .integer(out.cols())
                .run(Kernel.GATHER, members.count(), (out.area() + 3L) / 4);
    }

    /** Packed in blocks, since whole data sets are written so as well. */
    @Override
    protected void writeRows(CudaTensor out, RowValues source, int[] rows, int from) {
        int cols = out.cols();
        int block = Math.max(1, Math.min(out.rows(), PACKED_FLOATS / Math.max(1, cols)));
        if (packed.length < block * cols) {
            packed = new float[block * cols];
        }
        for (int row = 0; row < out.rows(); row += block) {
            int count = Math.min(block, out.rows() - row);
            copyRows(source, rows, from + row, count, packed, 0);
            device.write(out.address(0) + (long) row * cols * Float.BYTES, packed, 0, count * cols);
        }
    }

    /** What is left must still hold the cohort and the activations of its batches. */
    @Override
    public boolean hasRoomFor(long bytes) {
        return bytes <= SHARE_FOR_DATA * device.freeBytes();
    }

    @Override
    protected void fillWith(CudaTensor target, float value) {
        Members members = target.members();
        launcher.none()
                .pointer(target.table(members).address())
                .integer(members.count())
                .wide(target.area())
                .real(value)
                .run(Kernel.FILL, members.count(), (target.area() + 3L) / 4);
    }

    @Override
    protected void await() {
        device.synchronize();
        loss.requireLabels();
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

    /** Frees the device with all that is on it; arenas that nobody closed are named in the log. */
    @Override
    protected void release() {
        try {
            for (CudaArena arena : List.copyOf(open)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Arena ''{0}'' of {1} bytes was still open when the cuda backend was closed; close it first",
                        arena.purpose(),
                        Long.toString(arena.held()));
                arena.close();
            }
            List.copyOf(scratch).forEach(CudaArena::close);
        } finally {
            device.close();
        }
    }
}
