package org.metafusion.ensemble.robustness;

import org.metafusion.core.modality.FeatureTable;

/** Rows of a modality in place of others. */
final class Exchange {

    /** Of a row that keeps its own. */
    static final int KEPT = -1;

    private Exchange() {}

    /**
     * The table with some rows taken from others.
     *
     * @param sources for each row the row to take, or {@value #KEPT}
     */
    static FeatureTable of(FeatureTable table, int[] sources) {
        int width = table.modality().width();
        float[] own = table.values();
        float[] values = own.clone();
        for (int row = 0; row < sources.length; row++) {
            if (sources[row] != KEPT) {
                System.arraycopy(own, sources[row] * width, values, row * width, width);
            }
        }
        return table.withValues(values);
    }
}
