package org.metafusion.core.tensor.checked;

import java.util.Arrays;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;

/**
 * A backend whose operands are checked.
 *
 * @param <T> its tensors
 */
public abstract class CheckedBackend<T extends ArenaTensor> implements TensorBackend {

    private final String name;
    private final Class<T> type;
    private boolean closed;

    /**
     * A backend.
     *
     * @param name as configured, for messages
     * @param type its tensors
     */
    protected CheckedBackend(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    final Class<T> type() {
        return type;
    }

    @Override
    public final CheckedArena<T> openArena(String purpose) {
        requireOpen();
        return newArena(purpose);
    }

    protected abstract CheckedArena<T> newArena(String purpose);

    @Override
    public final void upload(Tensor target, float[] values) {
        T to = own("upload", "target", target);
        requireSize("upload", "target", to, values);
        write(to, values);
    }

    /** {@link #upload}. */
    protected abstract void write(T target, float[] values);

    @Override
    public final void download(Tensor source, float[] values) {
        T from = own("download", "source", source);
        requireSize("download", "source", from, values);
        read(from, values);
    }

    /** {@link #download}. */
    protected abstract void read(T source, float[] values);

    private static void requireSize(String operation, String name, Tensor tensor, float[] values) {
        if (values.length != tensor.size()) {
            throw new IllegalArgumentException(operation + ": " + name + " " + tensor.shape() + " takes "
                    + tensor.size() + " values but got " + values.length);
        }
    }

    @Override
    public final void gather(Tensor out, Tensor source, int[] rows, int from) {
        T to = own("gather", "out", out);
        T all = own("gather", "source", source);
        if (to.cols() != all.cols() || !to.members().equals(all.members())) {
            throw new IllegalArgumentException("gather: out must have the members and columns of source, " + all.shape()
                    + " of " + all.members() + ", but is " + to.shape() + " of " + to.members());
        }
        requireRows("gather", to, rows, from);
        for (int i = from; i < from + to.rows(); i++) {
            if (rows[i] < 0 || rows[i] >= all.rows()) {
                throw new IllegalArgumentException(
                        "gather: row " + rows[i] + " at " + i + " is not in source " + all.shape());
            }
        }
        gatherRows(to, all, rows, from);
    }

    private static void requireRows(String operation, Tensor out, int[] rows, int from) {
        if (from < 0 || from > rows.length - out.rows()) {
            throw new IllegalArgumentException(operation + ": out " + out.shape() + " takes " + out.rows()
                    + " rows from " + from + " but only " + rows.length + " are given");
        }
    }

    @Override
    public final void uploadRows(Tensor out, float[] source, int[] rows, int from) {
        T to = shared(out);
        if (to.cols() > 0 && source.length % to.cols() != 0) {
            throw new IllegalArgumentException(
                    "uploadRows: source must hold rows of out " + to.shape() + " but has " + source.length + " values");
        }
        int count = to.cols() == 0 ? 0 : source.length / to.cols();
        uploadRows(out, new HeapRows(source, count, to.cols()), rows, from);
    }

    @Override
    public final void uploadRows(Tensor out, RowValues source, int[] rows, int from) {
        T to = shared(out);
        if (source.width() != to.cols()) {
            throw new IllegalArgumentException("uploadRows: source must hold rows of out " + to.shape()
                    + " but its rows have " + source.width() + " values");
        }
        requireRows("uploadRows", to, rows, from);
        for (int i = from; i < from + to.rows(); i++) {
            if (rows[i] < 0) {
                throw new IllegalArgumentException("uploadRows: row " + rows[i] + " at " + i + " is negative");
            }
        }
        writeRows(to, source, rows, from);
    }

    private T shared(Tensor out) {
        T to = own("uploadRows", "out", out);
        if (!to.members().isShared()) {
            throw new IllegalArgumentException("uploadRows: out must be shared but is " + to.shape());
        }
        return to;
    }

    /** {@link #uploadRows(Tensor, RowValues, int[], int)}. */
    protected abstract void writeRows(T out, RowValues source, int[] rows, int from);

    /** Copies {@code count} rows {@code source[rows[from ..]]} one after the other; a row beyond the source is zeros. */
    protected static void copyRows(RowValues source, int[] rows, int from, int count, float[] to, int at) {
        int cols = source.width();
        for (int i = 0; i < count; i++) {
            int place = at + i * cols;
            if (rows[from + i] < source.rows()) {
                source.copy(rows[from + i], 1, to, place);
            } else {
                Arrays.fill(to, place, place + cols, 0f);
            }
        }
    }

    /** {@link #gather}. */
    protected abstract void gatherRows(T out, T source, int[] rows, int from);

    @Override
    public final void fill(Tensor target, float value) {
        fillWith(own("fill", "target", target), value);
    }

    /** {@link #fill}. */
    protected abstract void fillWith(T target, float value);

    @Override
    public final void synchronize() {
        requireOpen();
        await();
    }

    /** Waits for queued work. */
    protected abstract void await();

    @Override
    public final void close() {
        if (!closed) {
            closed = true;
            release();
        }
    }

    /** Frees the device. */
    protected abstract void release();

    /** Whether it was closed. */
    protected final boolean isClosed() {
        return closed;
    }

    /** @throws IllegalStateException if it was closed */
    protected final void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The " + name + " backend is closed; open another");
        }
    }

    /** The tensor as one of this backend and of an open arena; see {@link Operands#own}. */
    public final T own(String operation, String operand, Tensor tensor) {
        requireOpen();
        if (!type.isInstance(tensor)) {
            throw new IllegalArgumentException(operation + ": " + operand + " must be a tensor of this " + name
                    + " backend but is a " + tensor.getClass().getSimpleName());
        }
        T own = type.cast(tensor);
        if (own.arena().backend() != this) {
            throw new IllegalArgumentException(operation + ": " + operand + " must be a tensor of this " + name
                    + " backend but belongs to another one");
        }
        if (own.arena().isClosed()) {
            throw new IllegalStateException(operation + ": " + operand + " belongs to arena '"
                    + own.arena().purpose() + "', which is closed");
        }
        return own;
    }
}
