package org.metafusion.sql;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.rows.HeapRows;

/** The features of one modality on their way from the table into {@link FeatureTable}s, each value written once. */
final class FeatureSink {

    private final Engine engine;
    private final Modality modality;
    private final RowPlaces rows;
    private final float[][] parts;
    private final Presence presence = Presence.none();

    FeatureSink(Engine engine, Modality modality, RowPlaces rows) {
        this.engine = engine;
        this.modality = modality;
        this.rows = rows;
        this.parts = new float[][] {values(rows.rowsOf(0)), values(rows.rowsOf(1))};
    }

    private float[] values(int count) {
        return HeapRows.room("Modality '" + modality.name() + "'", count, modality.width());
    }

    float[] part(int row) {
        return parts[rows.part(row)];
    }

    /** Where in {@link #part} the values of a row begin. */
    int start(int row) {
        return rows.place(row) * modality.width();
    }

    /** Several cursors write to one modality, each its own columns; what they saw comes together here. */
    synchronized void add(Presence seen) {
        presence.add(seen);
    }

    /** @throws org.metafusion.core.FusionException if a row has values in some columns only */
    FeatureTable table(int part) {
        BitSet torn = (BitSet) presence.filled().clone();
        torn.and(presence.empty());
        if (!torn.isEmpty()) {
            throw engine.error("row " + (rows.first() + torn.nextSetBit(0) + 1) + ": modality '" + modality.name()
                    + "' has values in some of its columns but not in others; " + FeatureCursor.MEND);
        }
        BitSet missing = new BitSet();
        IntStream.range(rows.first(), rows.first() + rows.rows())
                .filter(row -> rows.part(row) == part && !presence.filled().get(row - rows.first()))
                .forEach(row -> missing.set(rows.place(row)));
        return new FeatureTable(modality, rows.rowsOf(part), parts[part], missing);
    }
}
