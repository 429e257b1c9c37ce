package org.metafusion.core.tensor;

import org.metafusion.core.rows.RowValues;

/**
 * A device that holds tensors and computes on them.
 *
 * <p>Calls are queued in order, as on a CUDA stream: a call may return before its work is done, and
 * {@link #download} and {@link #synchronize} wait. Shapes are checked at the call; a wrong one is an
 * {@link IllegalArgumentException} that names the operation and the operands, a tensor of a closed arena an
 * {@link IllegalStateException}, and a tensor of another backend an {@link IllegalArgumentException}.
 *
 * <p>Students are independent of each other in every kernel but the loss, so a backend may run the queued calls student
 * by student; it promises the same bits whatever the number of threads.
 *
 * <p>A backend is used by one thread at a time.
 */
public interface TensorBackend extends AutoCloseable {

    /** What it is; kept in a model's provenance. */
    BackendInfo info();

    TensorArena openArena(String purpose);

    /** Copies {@code values} (matrix after matrix, row-major) into {@code target}; the array may be reused at once. */
    void upload(Tensor target, float[] values);

    /**
     * The only way back to the host: all matrices of {@code source}, one after the other; waits for queued work.
     *
     * @param values overwritten; as long as {@code source} has elements
     */
    void download(Tensor source, float[] values);

    /** As {@link #download(Tensor, float[])}, into a new array. */
    default float[] download(Tensor source) {
        float[] values = new float[source.size()];
        download(source, values);
        return values;
    }

    /**
     * Minibatch rows: {@code out[m][i] = source[m][rows[from + i]]} for the {@code out.rows()} rows from {@code from}.
     * {@code out} and {@code source} have the same members and columns. {@code rows} may be reused after the call.
     */
    void gather(Tensor out, Tensor source, int[] rows, int from);

    /**
     * Minibatch rows from the host: {@code out[i] = source[rows[from + i]]} for a shared {@code out}, where
     * {@code source} has rows of {@code out.cols()} values, and a number beyond them stands for a row of zeros.
     * {@code rows} may be reused after the call.
     */
    void uploadRows(Tensor out, RowValues source, int[] rows, int from);

    /** The same of rows that lie one after the other in an array, which may be reused after the call. */
    void uploadRows(Tensor out, float[] source, int[] rows, int from);

    /**
     * Whether data of so many bytes, of which rows are asked for again and again, should be uploaded once and then be
     * {@linkplain #gather gathered}: the device has memory of its own, and room there. Otherwise rows are
     * {@linkplain #uploadRows uploaded} when they are needed.
     */
    boolean hasRoomFor(long bytes);

    /** Sets every element. */
    void fill(Tensor target, float value);

    /**
     * Makes calls that will be made again and again with the same tensors, such as those of a training step. What they do
     * is what they do without this; a backend may find out that they are those of last time, and start them as one.
     */
    default void repeat(Runnable calls) {
        calls.run();
    }

    /** Waits for queued work. */
    void synchronize();

    DenseKernels dense();

    FusionKernels fusion();

    GateKernels gates();

    LossKernels loss();

    OptimizerKernels optimizer();

    /** What computes single rows on the host beside this backend; usable after it is closed. */
    default RowKernel rowKernel() {
        return RowKernel.PLAIN;
    }

    @Override
    void close();
}
