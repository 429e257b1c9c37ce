package org.metafusion.ensemble.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Sample;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.Standardiser;

/**
 * How far the inputs of late lie from the training rows, by modality: the root mean square, over its features, of their
 * mean in training standard deviations. 0 means that the means are those of training, 1 that they have moved by a standard
 * deviation each.
 *
 * <p>Means are exponentially weighted over the last {@value #MEMORY} inputs looked at or so, of which chance alone would
 * make {@code 1 / (2 MEMORY - 1)}; that is taken off. One input in {@value #EVERY} is looked at, so that watching costs
 * little. Thread-safe.
 */
public final class InputDrift {

    private static final int MEMORY = 256;
    private static final int EVERY = 4;

    private final List<Modality> modalities;
    private final List<Mean> means = new ArrayList<>();
    private final AtomicInteger inputs = new AtomicInteger();

    /** The moving mean of standardised features. */
    private static final class Mean {
        private final Standardiser standardiser;
        private final double[] mean;
        private final float[] standardised;
        private double weight;

        Mean(Standardiser standardiser) {
            this.standardiser = standardiser;
            this.mean = new double[standardiser.mean().length];
            this.standardised = new float[mean.length];
        }

        synchronized void add(float[] features) {
            standardiser.apply(features, standardised);
            double share = 1.0 / MEMORY;
            for (int j = 0; j < mean.length; j++) {
                if (Float.isFinite(standardised[j])) { // once in, an infinity would stay for ever
                    mean[j] += share * (standardised[j] - mean[j]);
                }
            }
            weight += share * (1 - weight);
        }

        synchronized double drift() {
            if (weight == 0) {
                return Double.NaN;
            }
            double squares = 0;
            for (double value : mean) {
                squares += value * value;
            }
            double share = 1.0 / MEMORY;
            double chance = share / (2 - share) * (1 - Math.pow(1 - weight, 2));
            return Math.sqrt(Math.max(0, squares / mean.length - chance)) / weight;
        }
    }

    /** Against what a model was trained on. */
    public InputDrift(List<Modality> modalities, Preparation trained) {
        this.modalities = List.copyOf(modalities);
        trained.standardisers().forEach(standardiser -> means.add(new Mean(standardiser)));
    }

    /** An input was predicted, so its modalities and their widths are the model's. */
    public void seen(Sample sample) {
        if (inputs.getAndIncrement() % EVERY != 0) {
            return;
        }
        for (int m = 0; m < modalities.size(); m++) {
            float[] features = sample.features().get(modalities.get(m).name());
            if (features != null) {
                means.get(m).add(features);
            }
        }
    }

    /** The drift of a modality, by its place; NaN before any input had it. */
    public double of(int modality) {
        return means.get(modality).drift();
    }
}
