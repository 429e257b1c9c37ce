package org.metafusion.ensemble.robustness;

import java.util.List;
import java.util.SplittableRandom;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.training.representation.Standardiser;

/** A share of the features of each row, drawn for the row, becomes the training mean. */
public final class FeatureDropout implements Disturbance {

    private static final List<Double> LEVELS = List.of(0.0, 0.2, 0.4, 0.6, 0.8);

    private final List<Standardiser> standardisers;

    /** @param standardisers the model's, one a modality */
    public FeatureDropout(List<Standardiser> standardisers) {
        this.standardisers = List.copyOf(standardisers);
    }

    @Override
    public String name() {
        return "dropout";
    }

    @Override
    public String levelMeans() {
        return "share of features set to the training mean";
    }

    @Override
    public List<Double> usualLevels() {
        return LEVELS;
    }

    @Override
    public FeatureTable disturbed(MultimodalDataset rows, int modality, double level, long seed) {
        FeatureTable table = rows.samples().tables().get(modality);
        float[] mean = standardisers.get(modality).mean();
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = table.values().clone();
        for (int i = 0; i < values.length; i++) {
            if (random.nextDouble() < level) {
                values[i] = mean[i % mean.length];
            }
        }
        return table.withValues(values);
    }
}
