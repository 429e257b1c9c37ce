package org.metafusion.core.tensor;

/**
 * A stack of equally shaped float32 matrices, one a member student (or one shared by all), resident on a backend's
 * device and owned by a {@link TensorArena}. Matrices are row-major; their elements are reached by upload and download
 * alone.
 */
public interface Tensor {

    Members members();

    int rows();

    int cols();

    /** The number of floats in all matrices together. */
    default int size() {
        return members().count() * rows() * cols();
    }

    /** For messages: {@code [members, rows, cols]}. */
    default String shape() {
        return (members().isShared() ? "[shared, " : "[" + members().count() + " students, ") + rows() + ", " + cols()
                + "]";
    }
}
