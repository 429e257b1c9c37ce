package org.metafusion.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.duckdb.DuckDBReadableVector;
import org.metafusion.core.FusionException;

/** Reads columns of numbers and categories, of all modalities at once. */
final class ScalarCursor implements FeatureCursor {

    /** A column and where it goes. */
    record Slot(int modality, FeaturePart part) {

        private String sql() {
            return part instanceof FeaturePart.OneHot
                    ? "CAST(" + Sql.name(part.column().name()) + " AS VARCHAR)"
                    : part.column().number();
        }
    }

    /** So many rows are written column by column before the next rows, so that they stay in the cache. */
    private static final int BLOCK = 64;

    private final Engine engine;
    private final List<Slot> slots;
    private final Vectors values;
    private int at;
    private int end;

    ScalarCursor(Engine engine, String relation, List<Slot> slots) {
        this.engine = engine;
        this.slots = slots;
        this.values = engine.vectors(
                "SELECT " + slots.stream().map(Slot::sql).collect(Collectors.joining(", ")) + " FROM " + relation);
    }

    @Override
    public void read(int first, int count, List<FeatureSink> sinks) {
        int[] widths = new int[sinks.size()];
        slots.forEach(slot -> widths[slot.modality()]++);
        Presence[] seen = new Presence[sinks.size()];
        java.util.Arrays.setAll(seen, m -> Presence.none());
        for (int row = first; row < first + count; ) {
            if (at == end) {
                advance(row);
            }
            int rows = Math.min(BLOCK, Math.min(first + count - row, end - at));
            int[][] nulls = columns(row, rows, sinks);
            for (int m = 0; m < seen.length; m++) {
                mark(nulls[m], widths[m], row, row - first, m, seen[m]);
            }
            at += rows;
            row += rows;
        }
        for (int m = 0; m < seen.length; m++) {
            sinks.get(m).add(seen[m]);
        }
    }

    /** Gives the number of NULLs of each modality and row. */
    private int[][] columns(int first, int rows, List<FeatureSink> sinks) {
        int[][] nulls = new int[sinks.size()][rows];
        for (int s = 0; s < slots.size(); s++) {
            Slot slot = slots.get(s);
            FeatureSink sink = sinks.get(slot.modality());
            DuckDBReadableVector vector = values.column(s);
            for (int i = 0; i < rows; i++) {
                boolean there = slot.part() instanceof FeaturePart.OneHot category
                        ? level(vector, at + i, category, sink.part(first + i), sink.start(first + i))
                        : number(vector, at + i, slot.part(), first + i, sink);
                nulls[slot.modality()][i] += there ? 0 : 1;
            }
        }
        return nulls;
    }

    private static boolean level(
            DuckDBReadableVector vector, int row, FeaturePart.OneHot category, float[] into, int start) {
        Optional<String> level = Optional.ofNullable(vector.getString(row));
        level.map(name -> category.places().getOrDefault(name, category.other()))
                .filter(place -> place >= 0)
                .ifPresent(place -> into[start + place] = 1);
        return level.isPresent();
    }

    private boolean number(DuckDBReadableVector vector, int at, FeaturePart part, int row, FeatureSink sink) {
        float value = vector.getFloat(at, Float.NaN);
        if (Float.isFinite(value)) {
            sink.part(row)[sink.start(row) + ((FeaturePart.Scalar) part).place()] = value;
            return true;
        }
        if (!vector.isNull(at)) {
            throw error(
                    row,
                    part,
                    "must be a number but is " + value
                            + "; fill it in, or leave all columns of the modality NULL to mark it as missing");
        }
        return false;
    }

    private void mark(int[] nulls, int columns, int row, int from, int modality, Presence seen) {
        for (int i = 0; i < nulls.length && columns > 0; i++) {
            if (nulls[i] == 0) {
                seen.filled().set(from + i);
            } else if (nulls[i] == columns) {
                seen.empty().set(from + i);
            } else {
                throw torn(row + i, at + i, modality);
            }
        }
    }

    private FusionException torn(int row, int at, int modality) {
        for (int s = 0; s < slots.size(); s++) {
            if (slots.get(s).modality() == modality && values.column(s).isNull(at)) {
                return error(row, slots.get(s).part(), "is NULL but other columns of its modality are not; " + MEND);
            }
        }
        throw new IllegalStateException("Row " + row + " was counted as torn but lacks nothing");
    }

    private void advance(int row) {
        if (!values.next()) {
            throw values.failure(row);
        }
        at = 0;
        end = values.rows();
    }

    private FusionException error(int row, FeaturePart part, String message) {
        return engine.error("row " + (row + 1) + ", column '" + part.column().name() + "': " + message);
    }

    @Override
    public void close() {
        values.close();
    }
}
