package org.metafusion.ensemble.robustness;

import java.util.List;
import java.util.Random;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.training.representation.Standardiser;

/**
 * Noise as in Product Fusion: {@code x + level n}, each feature of {@code n ~ N(mu, sigma)} with the mean and deviation of
 * the training rows. It shifts a feature as well as blurring it, by {@code level mu}.
 */
public final class GaussianNoise implements Disturbance {

    private static final List<Double> LEVELS = List.of(0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95);

    private final List<Standardiser> standardisers;

    /** @param standardisers the model's, one a modality */
    public GaussianNoise(List<Standardiser> standardisers) {
        this.standardisers = List.copyOf(standardisers);
    }

    @Override
    public String name() {
        return "noise";
    }

    @Override
    public String levelMeans() {
        return "factor of noise with the mean and deviation of the training rows";
    }

    @Override
    public List<Double> usualLevels() {
        return LEVELS;
    }

    @Override
    public FeatureTable disturbed(MultimodalDataset rows, int modality, double level, long seed) {
        FeatureTable table = rows.samples().tables().get(modality);
        Standardiser standardiser = standardisers.get(modality);
        int width = table.modality().width();
        Random random = new Random(seed);
        float[] values = table.values().clone();
        for (int i = 0; i < values.length; i++) {
            int feature = i % width;
            double scale = standardiser.scale()[feature];
            double deviation = scale == 0 ? 0 : 1 / scale;
            double noise = standardiser.mean()[feature] + deviation * random.nextGaussian();
            values[i] += (float) (level * noise);
        }
        return table.withValues(values);
    }
}
