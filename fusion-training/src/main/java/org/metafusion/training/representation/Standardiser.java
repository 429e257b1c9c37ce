package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.BitSet;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.representation.StandardisedRows;

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
        double[] sum = new double[width];
        int n = accumulate(table, (j, value) -> sum[j] += value);
        double[] mean = new double[width];
        for (int j = 0; j < width; j++) {
            mean[j] = n == 0 ? 0 : sum[j] / n;
        }
        double[] squares = new double[width];
        accumulate(table, (j, value) -> squares[j] += (value - mean[j]) * (value - mean[j]));
        float[] center = new float[width];
        float[] scale = new float[width];
        for (int j = 0; j < width; j++) {
            double deviation = n == 0 ? 0 : Math.sqrt(squares[j] / n);
            center[j] = (float) mean[j];
            scale[j] = deviation <= CONSTANT * Math.abs(mean[j]) || deviation == 0 ? 0f : (float) (1 / deviation);
        }
        return new Standardiser(center, scale);
    }

    private interface Visit {
        void value(int feature, double value);
    }

    private static int accumulate(FeatureTable table, Visit visit) {
        int width = table.modality().width();
        float[] values = table.values();
        int n = 0;
        for (int row = 0; row < table.rows(); row++) {
            if (table.isPresent(row)) {
                n++;
                for (int j = 0; j < width; j++) {
                    visit.value(j, values[row * width + j]);
                }
            }
        }
        return n;
    }

    /** A table's rows, standardised. */
    public StandardisedRows rows(FeatureTable table) {
        BitSet missing = new BitSet();
        for (int row = 0; row < table.rows(); row++) {
            missing.set(row, !table.isPresent(row));
        }
        return new StandardisedRows(apply(table), table.rows(), mean.length, missing);
    }

    /** The standardised values of a table; a missing row is 0 throughout. */
    public float[] apply(FeatureTable table) {
        float[] scaled = new float[table.rows() * mean.length];
        apply(table, 0, table.rows(), scaled);
        return scaled;
    }

    /**
     * Those of {@code count} rows from {@code from} on.
     *
     * @param scaled overwritten; rows beyond {@code count} become 0
     */
    public void apply(FeatureTable table, int from, int count, float[] scaled) {
        int width = mean.length;
        float[] row = new float[width];
        for (int i = 0; i < count; i++) {
            if (table.isPresent(from + i)) {
                System.arraycopy(table.values(), (from + i) * width, row, 0, width);
                apply(row, row);
                System.arraycopy(row, 0, scaled, i * width, width);
            } else {
                Arrays.fill(scaled, i * width, (i + 1) * width, 0f);
            }
        }
        Arrays.fill(scaled, count * width, scaled.length, 0f);
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
