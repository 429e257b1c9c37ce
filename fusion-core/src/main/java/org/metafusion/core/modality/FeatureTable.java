package org.metafusion.core.modality;

import java.util.Arrays;
import java.util.BitSet;
import org.metafusion.core.FusionException;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.rows.RowValues;
import org.metafusion.core.rows.ZeroRows;

/**
 * The features of one modality for the rows of a data set, float32, {@code [rows, width]} row-major: in the heap, or in a
 * temporary file ({@link FeatureFile}).
 *
 * <p>A row that lacks the modality is not {@linkplain #isPresent present}; its values are zero and never read.
 */
public final class FeatureTable {

    private final Modality modality;
    private final RowValues values;
    private final BitSet missing;

    /**
     * A table over {@code values}, which it takes over without a copy.
     *
     * @param missing the rows that lack the modality
     * @throws FusionException if a value of a present row is not finite
     */
    public FeatureTable(Modality modality, int rows, float[] values, BitSet missing) {
        this(modality, heapRows(modality, rows, values), (BitSet) missing.clone());
        requireFinite(values);
    }

    /** Of values that are known to be finite, and zero where rows are missing. */
    FeatureTable(Modality modality, RowValues values, BitSet missing) {
        this.modality = modality;
        this.values = values;
        this.missing = missing;
    }

    private static RowValues heapRows(Modality modality, int rows, float[] values) {
        if (values.length != (long) rows * modality.width()) {
            throw new IllegalArgumentException("Modality '" + modality.name() + "' takes " + rows + " x "
                    + modality.width() + " values but got " + values.length);
        }
        return new HeapRows(values, rows, modality.width());
    }

    /** A table in which every row has the modality. */
    public static FeatureTable complete(Modality modality, int rows, float[] values) {
        return new FeatureTable(modality, rows, values, new BitSet());
    }

    /** A table in which no row has the modality. */
    public static FeatureTable absent(Modality modality, int rows) {
        return new FeatureTable(modality, new ZeroRows(rows, modality.width()), all(rows));
    }

    private static BitSet all(int rows) {
        BitSet all = new BitSet();
        all.set(0, rows);
        return all;
    }

    private void requireFinite(float[] values) {
        int width = modality.width();
        for (int row = 0; row < rows(); row++) {
            if (missing.get(row)) {
                Arrays.fill(values, row * width, (row + 1) * width, 0f);
                continue;
            }
            for (int j = 0; j < width; j++) {
                if (!Float.isFinite(values[row * width + j])) {
                    throw new FusionException("Modality '" + modality.name() + "', row " + row + ", feature '"
                            + modality.features().get(j) + "' is " + values[row * width + j]
                            + "; give a finite number, or mark the whole row as missing");
                }
            }
        }
    }

    public Modality modality() {
        return modality;
    }

    public int rows() {
        return values.rows();
    }

    /** The values, wherever they lie. */
    public RowValues rowValues() {
        return values;
    }

    /**
     * The values {@code [rows, width]}, row-major; do not write to it. Where they do not lie in the heap this is a copy made
     * anew by each call, so those that go through many rows read {@link #rowValues()}.
     *
     * @throws FusionException if the heap has no room for them
     */
    public float[] values() {
        return values.toArray("Modality '" + modality.name() + "'");
    }

    public boolean isPresent(int row) {
        return !missing.get(row);
    }

    /** The rows that lack the modality; a copy. */
    public BitSet missing() {
        return (BitSet) missing.clone();
    }

    /** The number of rows that lack the modality. */
    public int missingCount() {
        return missing.cardinality();
    }

    /** The given rows, in the given order; a row may be taken more than once. */
    public FeatureTable select(int[] selected) {
        BitSet lacking = new BitSet();
        for (int i = 0; i < selected.length; i++) {
            lacking.set(i, missing.get(selected[i]));
        }
        return new FeatureTable(modality, values.select(selected), lacking);
    }

    /** Other values of the same rows, which it takes over without a copy; what is missing stays missing. */
    public FeatureTable withValues(float[] other) {
        return new FeatureTable(modality, rows(), other, missing);
    }

    /** The same table with the modality missing in every row. */
    public FeatureTable withoutValues() {
        return absent(modality, rows());
    }
}
