package org.metafusion.core.modality;

import java.util.Arrays;
import java.util.BitSet;
import org.metafusion.core.FusionException;

/**
 * The features of one modality for the rows of a data set, float32, {@code [rows, width]} row-major.
 *
 * <p>A row that lacks the modality is not {@linkplain #isPresent present}; its values are zero and never read.
 */
public final class FeatureTable {

    private final Modality modality;
    private final int rows;
    private final float[] values;
    private final BitSet missing;

    /**
     * A table over {@code values}, which it takes over without a copy.
     *
     * @param missing the rows that lack the modality
     * @throws FusionException if a value of a present row is not finite
     */
    public FeatureTable(Modality modality, int rows, float[] values, BitSet missing) {
        if (values.length != rows * modality.width()) {
            throw new IllegalArgumentException("Modality '" + modality.name() + "' takes " + rows + " x "
                    + modality.width() + " values but got " + values.length);
        }
        this.modality = modality;
        this.rows = rows;
        this.values = values;
        this.missing = (BitSet) missing.clone();
        requireFinite();
    }

    /** A table in which every row has the modality. */
    public static FeatureTable complete(Modality modality, int rows, float[] values) {
        return new FeatureTable(modality, rows, values, new BitSet());
    }

    private void requireFinite() {
        int width = modality.width();
        for (int row = 0; row < rows; row++) {
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
        return rows;
    }

    /** The values {@code [rows, width]}, row-major; not a copy, so do not write to it. */
    public float[] values() {
        return values;
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
        int width = modality.width();
        float[] taken = new float[selected.length * width];
        BitSet lacking = new BitSet();
        for (int i = 0; i < selected.length; i++) {
            System.arraycopy(values, selected[i] * width, taken, i * width, width);
            lacking.set(i, missing.get(selected[i]));
        }
        return new FeatureTable(modality, selected.length, taken, lacking);
    }

    /** Other values of the same rows, which it takes over without a copy; what is missing stays missing. */
    public FeatureTable withValues(float[] other) {
        return new FeatureTable(modality, rows, other, missing);
    }

    /** The same table with the modality missing in every row. */
    public FeatureTable withoutValues() {
        BitSet all = new BitSet();
        all.set(0, rows);
        return new FeatureTable(modality, rows, new float[values.length], all);
    }
}
