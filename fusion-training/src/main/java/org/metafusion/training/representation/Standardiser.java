package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.function.Consumer;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.rows.RowValues;

/**
 * Centres each feature and divides it by its standard deviation, both of the training rows that have the modality. A
 * feature that is constant there becomes 0 everywhere.
 *
 * @param mean a value a feature
 * @param scale one over the standard deviation, 0 for a constant feature
 */
public record Standardiser(float[] mean, float[] scale) {

    private static final double CONSTANT = 1e-6;

    /** Fitted on the present rows of {@code table}; population standard deviation. */
    public static Standardiser fit(FeatureTable table) {
        int width = table.modality().width();
        int n = table.rows() - table.missingCount();
        double[] mean = new double[width];
        forEachPresent(table, row -> {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j];
            }
        });
        for (int j = 0; j < width; j++) {
            mean[j] = n == 0 ? 0 : mean[j] / n;
        }
        double[] squares = new double[width];
        forEachPresent(table, row -> {
            for (int j = 0; j < width; j++) {
                squares[j] += (row[j] - mean[j]) * (row[j] - mean[j]);
            }
        });
        float[] center = new float[width];
        float[] scale = new float[width];
        for (int j = 0; j < width; j++) {
            double deviation = n == 0 ? 0 : Math.sqrt(squares[j] / n);
            center[j] = (float) mean[j];
            scale[j] = deviation <= CONSTANT * Math.abs(mean[j]) || deviation == 0 ? 0f : (float) (1 / deviation);
        }
        return new Standardiser(center, scale);
    }

    private static void forEachPresent(FeatureTable table, Consumer<float[]> visit) {
        float[] values = new float[table.modality().width()];
        for (int row = 0; row < table.rows(); row++) {
            if (table.isPresent(row)) {
                table.rowValues().copy(row, 1, values, 0);
                visit.accept(values);
            }
        }
    }

    /** A table's rows, standardised. */
    public StandardisedRows rows(FeatureTable table) {
        return new StandardisedRows(apply(table), table.rows(), mean.length, table.missing());
    }

    /**
     * The standardised values of a table; a missing row is 0 throughout.
     *
     * @throws org.metafusion.core.FusionException if the heap has no room for them
     */
    public float[] apply(FeatureTable table) {
        float[] scaled = HeapRows.room("Modality '" + table.modality().name() + "'", table.rows(), mean.length);
        apply(table, 0, table.rows(), scaled);
        return scaled;
    }

    /** The same, computed as they are read where the table does not lie in the heap. */
    RowValues values(FeatureTable table) {
        return table.rowValues().array().isPresent()
                ? new HeapRows(apply(table), table.rows(), mean.length)
                : new StandardisedView(this, table);
    }

    /**
     * Those of {@code count} rows from {@code from} on.
     *
     * @param scaled overwritten; rows beyond {@code count} become 0
     */
    public void apply(FeatureTable table, int from, int count, float[] scaled) {
        apply(table, from, count, scaled, 0);
        Arrays.fill(scaled, count * mean.length, scaled.length, 0f);
    }

    /** Those of {@code count} rows from {@code from} on, from {@code at} on. */
    void apply(FeatureTable table, int from, int count, float[] scaled, int at) {
        int width = mean.length;
        float[] row = new float[width];
        for (int i = 0; i < count; i++) {
            int place = at + i * width;
            if (table.isPresent(from + i)) {
                table.rowValues().copy(from + i, 1, row, 0);
                apply(row, row);
                System.arraycopy(row, 0, scaled, place, width);
            } else {
                Arrays.fill(scaled, place, place + width, 0f);
            }
        }
    }

    /**
     * One row, possibly in place. Entered at 0 in all arrays, which is what the JDK 17 compiler needs to vectorise.
     *
     * @param features one row
     * @param scaled overwritten
     */
    public void apply(float[] features, float[] scaled) {
        for (int j = 0; j < mean.length; j++) {
            scaled[j] = (features[j] - mean[j]) * scale[j];
        }
    }
}
