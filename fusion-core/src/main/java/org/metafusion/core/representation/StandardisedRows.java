package org.metafusion.core.representation;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * One modality's standardised features on some rows.
 *
 * @param values {@code [rows, width]} row-major; a missing row is 0 throughout
 * @param missing the rows that lack the modality
 */
public record StandardisedRows(float[] values, int rows, int width, BitSet missing) {

    public StandardisedRows {
        if (values.length != (long) rows * width) {
            throw new IllegalArgumentException(rows + " rows of " + width + " features take " + (long) rows * width
                    + " values but got " + values.length);
        }
    }

    /** Rows that all have the modality. */
    public static StandardisedRows complete(float[] values, int rows, int width) {
        return new StandardisedRows(values, rows, width, new BitSet());
    }

    public boolean isPresent(int row) {
        return !missing.get(row);
    }

    /** The rows that have the modality, by number. */
    public int[] presentRows() {
        return IntStream.range(0, rows).filter(this::isPresent).toArray();
    }

    /** The rows that have the modality, one after the other; none of the result's rows is missing. */
    public StandardisedRows present() {
        return missing.isEmpty() ? this : select(presentRows());
    }

    /** The given rows, in the given order. */
    public StandardisedRows select(int[] selected) {
        float[] taken = new float[selected.length * width];
        BitSet lacking = new BitSet();
        for (int i = 0; i < selected.length; i++) {
            System.arraycopy(values, selected[i] * width, taken, i * width, width);
            lacking.set(i, missing.get(selected[i]));
        }
        return new StandardisedRows(taken, selected.length, width, lacking);
    }
}
