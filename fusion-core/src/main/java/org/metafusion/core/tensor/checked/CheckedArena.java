package org.metafusion.core.tensor.checked;

import java.util.Arrays;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/**
 * An arena whose requests are checked.
 *
 * @param <T> the backend's tensors
 */
public abstract class CheckedArena<T extends ArenaTensor> implements TensorArena {

    private final CheckedBackend<T> backend;
    private final String purpose;
    private long bytes;
    private boolean closed;

    protected CheckedArena(CheckedBackend<T> backend, String purpose) {
        this.backend = backend;
        this.purpose = purpose;
    }

    final CheckedBackend<T> backend() {
        return backend;
    }

    final boolean isClosed() {
        return closed;
    }

    @Override
    public final String purpose() {
        return purpose;
    }

    @Override
    public final T zeros(Members members, int rows, int cols) {
        requireOpen();
        requireSize("zeros", rows, cols);
        long size = (long) members.count() * rows * cols;
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("zeros: a tensor holds at most 2^31 - 9 floats but " + members.count()
                    + " x " + rows + " x " + cols + " are " + size);
        }
        int[] offsets = new int[members.count()];
        Arrays.setAll(offsets, i -> i * rows * cols);
        T tensor = allocate(offsets, members, rows, cols);
        bytes += size * Float.BYTES;
        return tensor;
    }

    /** A tensor of zeros with a storage of its own, matrix after matrix. */
    protected abstract T allocate(int[] offsets, Members members, int rows, int cols);

    @Override
    public final T view(Tensor flat, int[] offsets, Members members, int rows, int cols) {
        requireOpen();
        requireSize("view", rows, cols);
        if (!backend.type().isInstance(flat) || backend.type().cast(flat).arena() != this) {
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
        requireApart(offsets, area);
        T buffer = backend.type().cast(flat);
        int[] absolute = offsets.clone();
        for (int i = 0; i < absolute.length; i++) {
            absolute[i] += buffer.offsetOf(0);
        }
        return share(buffer, absolute, members, rows, cols);
    }

    /** Students run side by side, so what one writes must not be another's. */
    private static void requireApart(int[] offsets, long area) {
        int[] sorted = offsets.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i - 1] + area > sorted[i]) {
                throw new IllegalArgumentException(
                        "view: matrices of one tensor must not overlap but those from offsets " + sorted[i - 1]
                                + " and " + sorted[i] + " share elements");
            }
        }
    }

    /** A tensor whose matrices lie at {@code offsets} in the storage of {@code flat}. */
    protected abstract T share(T flat, int[] offsets, Members members, int rows, int cols);

    @Override
    public final long bytes() {
        return closed ? 0 : bytes;
    }

    @Override
    public final void close() {
        if (!closed) {
            release();
            closed = true;
        }
    }

    /** Frees what the arena holds once queued work on it is done; the backend may be closed already. */
    protected abstract void release();

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
