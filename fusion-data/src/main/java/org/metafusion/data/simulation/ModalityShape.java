package org.metafusion.data.simulation;

import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;

/**
 * How a modality shows its latents.
 *
 * @param width number of features
 * @param latents private to it
 * @param noise r, 0 to 1: the share of the features that is noise
 */
record ModalityShape(String name, int width, int latents, double noise) {

    /**
     * {@code r N(0, 1) + (1 - r) standardise([U, S] T)} with {@code T ~ N(0, 1)}; each column of {@code [U, S] T} is
     * standardised over all rows.
     */
    FeatureTable features(double[][] own, double[][] shared, NumberStream numbers) {
        int rows = own.length;
        double[][] mixing = numbers.normals(latents + shared[0].length, width);
        float[] features = new float[rows * width];
        double[][] mixed = new double[rows][];
        for (int row = 0; row < rows; row++) {
            mixed[row] = mix(own[row], shared[row], mixing);
        }
        standardiseColumns(mixed);
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < width; j++) {
                features[row * width + j] = (float) (noise * numbers.normal() + (1 - noise) * mixed[row][j]);
            }
        }
        return FeatureTable.complete(Modality.of(name, width), rows, features);
    }

    ModalityShape withExtraNoise(double extra) {
        double ratio = noise + extra;
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new FusionException("The noise ratio of modality '" + name + "' is " + noise + "; with " + extra
                    + " added it would be " + ratio + ", which must be 0 to 1");
        }
        return new ModalityShape(name, width, latents, ratio);
    }

    private double[] mix(double[] own, double[] shared, double[][] mixing) {
        double[] mixed = new double[width];
        for (int l = 0; l < mixing.length; l++) {
            double latent = l < own.length ? own[l] : shared[l - own.length];
            for (int j = 0; j < width; j++) {
                mixed[j] += latent * mixing[l][j];
            }
        }
        return mixed;
    }

    private static void standardiseColumns(double[][] values) {
        int width = values[0].length;
        double[] mean = new double[width];
        double[] variance = new double[width];
        for (double[] row : values) {
            for (int j = 0; j < width; j++) {
                mean[j] += row[j] / values.length;
            }
        }
        for (double[] row : values) {
            for (int j = 0; j < width; j++) {
                variance[j] += (row[j] - mean[j]) * (row[j] - mean[j]) / values.length;
            }
        }
        for (double[] row : values) {
            for (int j = 0; j < width; j++) {
                row[j] = (row[j] - mean[j]) / Math.sqrt(variance[j]);
            }
        }
    }
}
