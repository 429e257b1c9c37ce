package org.metafusion.data.simulation;

import java.util.List;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;

/** Least squares with a small ridge on some modalities' features: what a linear model can find in a simulation. */
final class RidgeRegression {

    private RidgeRegression() {}

    /** R2 on the test rows of a model of {@code y} fitted on the train rows. */
    static double testR2(MultimodalDataset train, float[] y, MultimodalDataset test, float[] testY, int... modalities) {
        double[] predicted = predict(train, y, test, modalities);
        double mean = 0;
        for (float value : testY) {
            mean += value / testY.length;
        }
        double errors = 0;
        double spread = 0;
        for (int row = 0; row < testY.length; row++) {
            errors += (testY[row] - predicted[row]) * (testY[row] - predicted[row]);
            spread += (testY[row] - mean) * (testY[row] - mean);
        }
        return 1 - errors / spread;
    }

    static double[] predict(MultimodalDataset train, float[] y, MultimodalDataset test, int... modalities) {
        double[][] design = design(train.samples().tables(), modalities);
        double[] weights = solve(design, y, 0.05 * train.rows());
        double[][] fresh = design(test.samples().tables(), modalities);
        double[] predicted = new double[fresh.length];
        for (int row = 0; row < fresh.length; row++) {
            for (int j = 0; j < weights.length; j++) {
                predicted[row] += fresh[row][j] * weights[j];
            }
        }
        return predicted;
    }

    private static double[][] design(List<FeatureTable> tables, int... modalities) {
        int width = 1;
        for (int m : modalities) {
            width += tables.get(m).modality().width();
        }
        double[][] design = new double[tables.get(0).rows()][width];
        for (int row = 0; row < design.length; row++) {
            int j = 0;
            for (int m : modalities) {
                int own = tables.get(m).modality().width();
                for (int f = 0; f < own; f++) {
                    design[row][j++] = tables.get(m).values()[row * own + f];
                }
            }
            design[row][j] = 1;
        }
        return design;
    }

    /** {@code (X'X + ridge I) w = X'y} by Cholesky's decomposition. */
    private static double[] solve(double[][] x, float[] y, double ridge) {
        int p = x[0].length;
        double[][] a = new double[p][p];
        double[] b = new double[p];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < p; i++) {
                b[i] += x[row][i] * y[row];
                for (int j = 0; j <= i; j++) {
                    a[i][j] += x[row][i] * x[row][j];
                }
            }
        }
        for (int i = 0; i < p; i++) {
            a[i][i] += ridge;
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
            }
        }
        for (int i = 0; i < p; i++) {
            for (int k = 0; k < i; k++) {
                b[i] -= a[i][k] * b[k];
            }
            b[i] /= a[i][i];
        }
        for (int i = p - 1; i >= 0; i--) {
            for (int k = i + 1; k < p; k++) {
                b[i] -= a[k][i] * b[k];
            }
            b[i] /= a[i][i];
        }
        return b;
    }
}
