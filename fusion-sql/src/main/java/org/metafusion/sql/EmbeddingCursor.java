package org.metafusion.sql;

import java.util.List;
import org.duckdb.DuckDBReadableVector;
import org.metafusion.core.FusionException;

/** Reads a column of lists: their values come as one long column, the same number of them a row. */
final class EmbeddingCursor implements FeatureCursor {

    private final Engine engine;
    private final FeaturePart.Embedding part;
    private final int modality;
    private final Vectors values;
    private int at;
    private int end;

    EmbeddingCursor(Engine engine, String relation, String id, FeaturePart.Embedding part, int modality) {
        this.engine = engine;
        this.part = part;
        this.modality = modality;
        this.values = engine.vectors("SELECT " + part.values(id) + " FROM " + relation);
    }

    @Override
    public void read(int first, int count, List<FeatureSink> sinks) {
        FeatureSink sink = sinks.get(modality);
        Presence seen = Presence.none();
        for (int row = first; row < first + count; row++) {
            int nulls = read(row, sink.part(row), sink.start(row));
            if (nulls == 0) {
                seen.filled().set(row - first);
            } else if (nulls == part.places().length) {
                seen.empty().set(row - first);
            } else {
                throw error(row, nulls + " of the list's " + part.places().length + " values are NULL; " + MEND);
            }
        }
        sink.add(seen);
    }

    /** Reads one list, which may lie in several vectors; gives the number of its NULLs. */
    private int read(int row, float[] into, int start) {
        int[] places = part.places();
        int nulls = 0;
        for (int i = 0; i < places.length; ) {
            if (at == end) {
                advance(row);
            }
            DuckDBReadableVector vector = values.column(0);
            int count = Math.min(places.length - i, end - at);
            for (int k = 0; k < count; k++) {
                float value = vector.getFloat(at + k, Float.NaN);
                if (Float.isFinite(value)) {
                    into[start + places[i + k]] = value;
                } else {
                    nulls += required(vector.isNull(at + k), row, value);
                }
            }
            at += count;
            i += count;
        }
        return nulls;
    }

    private void advance(int row) {
        if (!values.next()) {
            throw values.failure(row);
        }
        at = 0;
        end = values.rows();
    }

    private int required(boolean isNull, int row, float value) {
        if (!isNull) {
            throw error(
                    row,
                    "a value of the list is " + value
                            + "; give finite numbers, or NULL in place of the list to mark the modality as missing");
        }
        return 1;
    }

    private FusionException error(int row, String message) {
        return engine.error("row " + (row + 1) + ", column '" + part.column().name() + "': " + message);
    }

    @Override
    public void close() {
        values.close();
    }
}
