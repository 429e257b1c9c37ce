package org.metafusion.ensemble.robustness;

import java.util.BitSet;
import java.util.List;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.training.representation.Standardiser;

/**
 * A way to spoil inputs, more or less. What is missing stays missing. For one seed the disturbance at a higher level is that
 * at a lower one and more, so that levels can be compared; only an attacker chooses anew for each.
 */
public interface Disturbance {

    /** What it is called, such as {@code noise}; stable. */
    String name();

    /** What its level means, such as {@code factor of the noise}. */
    String levelMeans();

    /** The levels that are usual, ascending, from 0, which changes nothing. */
    List<Double> usualLevels();

    /**
     * One modality's features, disturbed.
     *
     * @param rows with the model's modalities, in its order
     * @param modality which of them
     * @param level 0 or more
     * @param seed of what is drawn; the same for every level
     */
    FeatureTable disturbed(MultimodalDataset rows, int modality, double level, long seed);

    /** The rows with some modalities disturbed, each with draws of its own. */
    default Samples disturbed(MultimodalDataset rows, BitSet modalities, double level, long seed) {
        List<FeatureTable> tables = new java.util.ArrayList<>(rows.samples().tables());
        if (level > 0) {
            modalities.stream().forEach(m -> tables.set(m, disturbed(rows, m, level, seed * 31 + m)));
        }
        return new Samples(rows.samples().ids(), tables);
    }

    /** All kinds, for a model. */
    static List<Disturbance> standard(FusionModel model) {
        List<Standardiser> standardisers = model.content().preparation().standardisers();
        return List.of(
                new GaussianNoise(standardisers),
                new FeatureDropout(standardisers),
                new RowSwap(),
                new Contradiction(),
                AdversarialAttack.fgsm(model),
                AdversarialAttack.pgd(model));
    }
}
