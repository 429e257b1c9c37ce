package org.metafusion.core.tensor;

/**
 * Owner of tensors of one lifetime, such as the parameters of a run or the activations of a step. Closing it frees
 * them all; using one of them afterwards is an {@link IllegalStateException}.
 */
public interface TensorArena extends AutoCloseable {

    /** What it is for, as given when opened; named in errors and leak reports. */
    String purpose();

    /** A tensor of zeros. */
    Tensor zeros(Members members, int rows, int cols);

    /**
     * A tensor whose matrices lie inside {@code flat}, a shared {@code [1, size]} tensor of this arena: matrix
     * {@code i} is {@code rows x cols} row-major from {@code offsets[i]}. Writing one writes the other. This is how a
     * layer's weights are a stack while all parameters stay one flat buffer.
     *
     * @throws IllegalArgumentException if a matrix does not lie inside {@code flat}, or two of them overlap
     */
    Tensor view(Tensor flat, int[] offsets, Members members, int rows, int cols);

    /** A tensor with the given values, matrix after matrix, each row-major. */
    default Tensor upload(TensorBackend backend, Members members, int rows, int cols, float[] values) {
        Tensor tensor = zeros(members, rows, cols);
        backend.upload(tensor, values);
        return tensor;
    }

    /** A shared matrix with the given values. */
    default Tensor upload(TensorBackend backend, int rows, int cols, float[] values) {
        return upload(backend, Members.SHARED, rows, cols, values);
    }

    /** Bytes held. */
    long bytes();

    @Override
    void close();
}
