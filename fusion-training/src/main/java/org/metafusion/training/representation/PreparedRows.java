package org.metafusion.training.representation;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.metafusion.core.rows.RowValues;

/**
 * Rows ready for a cohort: every frozen representation, computed once.
 *
 * @param rows how many
 * @param inputs {@code [rows, width]} by key
 * @param missing for each modality the rows that lack it
 */
public record PreparedRows(int rows, Map<InputKey, RowValues> inputs, List<BitSet> missing) {

    /** Whether no row lacks a modality. */
    public boolean isComplete() {
        return missing.stream().allMatch(BitSet::isEmpty);
    }

    /** Whether row {@code row} has all the given modalities. */
    public boolean has(int row, int[] modalities) {
        for (int m : modalities) {
            if (missing.get(m).get(row)) {
                return false;
            }
        }
        return true;
    }

    /** Whether row {@code row} has any of the given modalities. */
    public boolean hasAny(int row, int[] modalities) {
        for (int m : modalities) {
            if (!missing.get(m).get(row)) {
                return true;
            }
        }
        return false;
    }
}
