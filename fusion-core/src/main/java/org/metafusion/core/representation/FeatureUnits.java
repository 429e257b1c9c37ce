package org.metafusion.core.representation;

import java.util.Arrays;

/**
 * How a modality's features were standardised, {@code (x - mean) scale}, and so how to have them in their own unit again:
 * a pretrained encoder knows nothing of this training's means.
 *
 * @param scale 0 for a feature that is constant in training; it is then taken for its mean
 */
public record FeatureUnits(float[] mean, float[] scale) {

    public FeatureUnits {
        if (mean.length != scale.length) {
            throw new IllegalArgumentException(
                    "Features have a mean and a scale each but got " + mean.length + " and " + scale.length);
        }
    }

    /** Of features that were not standardised. */
    public static FeatureUnits none(int width) {
        float[] ones = new float[width];
        Arrays.fill(ones, 1f);
        return new FeatureUnits(new float[width], ones);
    }

    /** Standardised rows {@code [rows, width]} in their own unit: {@code x / scale + mean}. */
    public float[] restored(float[] standardised) {
        float[] values = new float[standardised.length];
        for (int i = 0; i < values.length; i++) {
            int j = i % mean.length;
            values[i] = scale[j] == 0f ? mean[j] : (float) ((double) standardised[i] / scale[j] + mean[j]);
        }
        return values;
    }
}
