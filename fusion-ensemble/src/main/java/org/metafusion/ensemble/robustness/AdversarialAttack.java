package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.training.representation.Standardiser;

/**
 * The change of standardised features by at most the level that raises a model's loss most, as far as its gradient tells:
 * one step along its sign (FGSM, Goodfellow et al., 2015), or several smaller ones from a random start, each brought back
 * into the box (PGD, Madry et al., 2018). The attacker knows the model and the labels. Several modalities are attacked
 * together.
 */
public final class AdversarialAttack implements Disturbance {

    private static final List<Double> LEVELS = List.of(0.0, 0.05, 0.1, 0.2, 0.3, 0.5);
    private static final int PGD_STEPS = 10;
    private static final double OVERREACH = 2.5;

    private final FusionModel model;
    private final int steps;

    private AdversarialAttack(FusionModel model, int steps) {
        this.model = model;
        this.steps = steps;
    }

    /** In one step. */
    public static AdversarialAttack fgsm(FusionModel model) {
        return new AdversarialAttack(model, 1);
    }

    /** In {@value #PGD_STEPS} steps of {@value #OVERREACH} times the level over their number. */
    public static AdversarialAttack pgd(FusionModel model) {
        return new AdversarialAttack(model, PGD_STEPS);
    }

    @Override
    public String name() {
        return steps == 1 ? "fgsm" : "pgd";
    }

    @Override
    public String levelMeans() {
        return "most change of a standardised feature, chosen by an attacker who knows the model";
    }

    @Override
    public List<Double> usualLevels() {
        return LEVELS;
    }

    @Override
    public FeatureTable disturbed(MultimodalDataset rows, int modality, double level, long seed) {
        BitSet single = new BitSet();
        single.set(modality);
        return disturbed(rows, single, level, seed).tables().get(modality);
    }

    @Override
    public Samples disturbed(MultimodalDataset rows, BitSet modalities, double level, long seed) {
        List<float[]> change = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (FeatureTable table : rows.samples().tables()) {
            float[] start = new float[table.values().length];
            for (int i = 0; i < start.length && steps > 1; i++) {
                start[i] = (float) (level * (2 * random.nextDouble() - 1));
            }
            change.add(start);
        }
        double size = steps == 1 ? level : OVERREACH * level / steps;
        for (int step = 0; step < steps && level > 0; step++) {
            Samples now = changed(rows.samples(), modalities, change);
            List<float[]> gradients = model.lossGradients(new MultimodalDataset(rows.name(), now, rows.targets()));
            modalities.stream().forEach(m -> climb(change.get(m), gradients.get(m), (float) size, (float) level));
        }
        return level > 0 ? changed(rows.samples(), modalities, change) : rows.samples();
    }

    private static void climb(float[] change, float[] gradient, float size, float level) {
        for (int i = 0; i < change.length; i++) {
            float moved = change[i] + size * Math.signum(gradient[i]);
            change[i] = Math.max(-level, Math.min(level, moved));
        }
    }

    /** The rows after a change of their standardised features. */
    private Samples changed(Samples rows, BitSet modalities, List<float[]> change) {
        List<FeatureTable> tables = new ArrayList<>(rows.tables());
        modalities.stream().forEach(m -> {
            Standardiser standardiser =
                    model.content().preparation().standardisers().get(m);
            float[] values = rows.tables().get(m).values().clone();
            for (int i = 0; i < values.length; i++) {
                float scale = standardiser.scale()[i % standardiser.scale().length];
                values[i] += scale == 0 ? 0 : change.get(m)[i] / scale;
            }
            tables.set(m, rows.tables().get(m).withValues(values));
        });
        return new Samples(rows.ids(), tables);
    }
}
