package org.metafusion.core.rows;

import java.util.Locale;
import java.util.Optional;
import org.metafusion.core.FusionException;

/**
 * Rows in one array of the heap.
 *
 * @param values {@code [rows, width]} row-major
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HeapRows(float[] values, int rows, int width) implements RowValues {

    /** The longest array there is on every JVM. */
    public static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    public HeapRows {
        if (values.length != (long) rows * width) {
            throw new IllegalArgumentException(rows + " rows of " + width + " features take " + (long) rows * width
                    + " values but got " + values.length);
        }
    }

    /**
     * An array for so many rows.
     *
     * @param what they are, as messages begin, such as {@code Modality 'image'}
     * @throws FusionException if the heap has no room for it
     */
    public static float[] room(String what, int rows, int width) {
        long size = (long) rows * width;
        if (size <= MOST_VALUES) {
            try {
                return new float[(int) size];
            } catch (OutOfMemoryError e) { // A large array that does not fit leaves everything else as it was.
                throw new FusionException(tooLarge(what, rows, width), e);
            }
        }
        throw new FusionException(tooLarge(what, rows, width));
    }

    private static String tooLarge(String what, int rows, int width) {
        return String.format(
                Locale.ROOT,
                "%s has %d x %d values, which are needed in the heap at once here: %.1f GB, and the heap has %.1f GB and one"
                        + " array %d values; give fewer rows, or more heap with -Xmx",
                what,
                rows,
                width,
                (double) rows * width * Float.BYTES / 1e9,
                Runtime.getRuntime().maxMemory() / 1e9,
                MOST_VALUES);
    }

    @Override
    public void copy(int row, int count, float[] to, int at) {
        System.arraycopy(values, row * width, to, at, count * width);
    }

    @Override
    public Optional<float[]> array() {
        return Optional.of(values);
    }

    @Override
    public RowValues select(int[] selected) {
        float[] taken = room("A choice of rows", selected.length, width);
        for (int i = 0; i < selected.length; i++) {
            System.arraycopy(values, selected[i] * width, taken, i * width, width);
        }
        return new HeapRows(taken, selected.length, width);
    }
}
