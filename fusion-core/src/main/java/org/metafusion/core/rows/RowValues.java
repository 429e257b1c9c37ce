package org.metafusion.core.rows;

import java.util.Optional;

/**
 * Float32 values {@code [rows, width]} that are read row by row, wherever they lie. They never change, and may be read by
 * several threads at once.
 */
public interface RowValues {

    int rows();

    int width();

    /** Copies the values of {@code count} rows from {@code row} on to {@code to}, beginning at {@code at}. */
    void copy(int row, int count, float[] to, int at);

    /** All values row-major, where they lie in one array; not a copy, so do not write to it. */
    default Optional<float[]> array() {
        return Optional.empty();
    }

    /** The given rows, in the given order; one may be taken more than once. Copied only if they lie in the heap. */
    default RowValues select(int[] selected) {
        return SelectedRows.of(this, selected);
    }

    /** The number of values. */
    default long size() {
        return (long) rows() * width();
    }

    /**
     * All values in one array: the one they lie in, or a new one.
     *
     * @param what they are, as messages begin
     * @throws org.metafusion.core.FusionException if the heap has no room for them
     */
    default float[] toArray(String what) {
        return array().orElseGet(() -> {
            float[] values = HeapRows.room(what, rows(), width());
            copy(0, rows(), values, 0);
            return values;
        });
    }
}
