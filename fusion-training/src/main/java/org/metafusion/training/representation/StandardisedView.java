package org.metafusion.training.representation;

import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.rows.RowValues;

/** A table's rows, standardised as they are read; a missing row is 0 throughout. */
record StandardisedView(Standardiser standardiser, FeatureTable table) implements RowValues {

    @Override
    public int rows() {
        return table.rows();
    }

    @Override
    public int width() {
        return table.modality().width();
    }

    @Override
    public void copy(int row, int count, float[] to, int at) {
        standardiser.apply(table, row, count, to, at);
    }
}
