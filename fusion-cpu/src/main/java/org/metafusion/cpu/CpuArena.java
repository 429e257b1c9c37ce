package org.metafusion.cpu;

import java.util.Arrays;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/** An arena of heap arrays: closing it forbids the use of its tensors, the collector frees them. */
final class CpuArena implements TensorArena {

    private final CpuBackend backend;
    private final String purpose;
    private long bytes;
    private boolean closed;

    CpuArena(CpuBackend backend, String purpose) {
        this.backend = backend;
        this.purpose = purpose;
    }

    CpuBackend backend() {
        return backend;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String purpose() {
        return purpose;
    }

    @Override
    public CpuTensor zeros(Members members, int rows, int cols) {
        requireOpen();
        requireSize("zeros", rows, cols);
        long size = (long) members.count() * rows * cols;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("zeros: a tensor holds at most 2^31 - 9 floats but " + members.count()
                    + " x " + rows + " x " + cols + " are " + size);
        }
        int[] offsets = new int[members.count()];
        Arrays.setAll(offsets, i -> i * rows * cols);
        bytes += size * Float.BYTES;
        return new CpuTensor(this, new Storage((int) size), offsets, members, rows, cols);
    }

    @Override
    public Tensor view(Tensor flat, int[] offsets, Members members, int rows, int cols) {
        requireOpen();
        requireSize("view", rows, cols);
        if (!(flat instanceof CpuTensor buffer) || buffer.arena() != this) {
            throw new IllegalArgumentException("view: flat must be a tensor of arena '" + purpose + "'");
        }
        if (!flat.members().isShared() || flat.rows() != 1) {
            throw new IllegalArgumentException("view: flat must be [shared, 1, size] but is " + flat.shape());
        }
        if (offsets.length != members.count()) {
            throw new IllegalArgumentException(
                    "view: " + members.count() + " matrices take as many offsets but got " + offsets.length);
        }
        long area = (long) rows * cols;
        for (int i = 0; i < offsets.length; i++) {
            if (offsets[i] < 0 || offsets[i] + area > flat.cols()) {
                throw new IllegalArgumentException("view: matrix " + i + " of [" + rows + ", " + cols + "] from offset "
                        + offsets[i] + " does not lie inside flat " + flat.shape());
            }
        }
        int[] absolute = offsets.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] += buffer.offsetOf(0);
        }
        buffer.storage().claims().claim(members, absolute, (int) area);
        return new CpuTensor(this, buffer.storage(), absolute, members, rows, cols);
    }

    @Override
    public long bytes() {
        return closed ? 0 : bytes;
    }

    @Override
    public void close() {
        if (!closed) {
            backend.beforeClose();
            closed = true;
        }
    }

    private void requireOpen() {
        backend.requireOpen();
        if (closed) {
            throw new IllegalStateException("Arena '" + purpose + "' is closed; open another");
        }
    }

    private static void requireSize(String operation, int rows, int cols) {
        if (rows < 0 || cols < 0) {
            throw new IllegalArgumentException(
                    operation + ": rows and columns must be 0 or more but were " + rows + " and " + cols);
        }
    }
}
