package org.metafusion.ensemble.importance;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;

/**
 * What each modality brings to a model on rows, each measured in two ways that answer different questions: the Shapley
 * value says what a modality is worth to a model that may be without others, and the permutation drop how much the
 * predictions from everything rest on it. A modality that says what another says has a Shapley value but hardly a drop.
 *
 * @param metric the score: accuracy or R2
 * @param none score of the best constant prediction
 * @param all score with all modalities
 * @param modalities in the model's order
 */
public record ModalityImportance(LeadMetric metric, double none, double all, List<Line> modalities) {

    private static final int REPEATS = 5;

    public ModalityImportance {
        modalities = List.copyOf(modalities);
    }

    /**
     * One modality.
     *
     * @param alone score with it alone
     * @param without score with all others
     * @param shapley its Shapley value; these sum to {@code all - none}
     * @param drop mean loss of score when its rows are permuted, others kept
     * @param dropDeviation standard deviation of the drop over the permutations
     */
    public record Line(String name, double alone, double without, double shapley, double drop, double dropDeviation) {}

    /**
     * Measures a model.
     *
     * @param labelled with any of the model's modalities
     * @param seed of the permutations
     * @throws FusionException if the model has more than {@value ShapleyValue#MOST_PLAYERS} modalities
     */
    public static ModalityImportance of(FusionModel model, MultimodalDataset labelled, long seed) {
        List<Modality> modalities = model.modalities();
        if (modalities.size() > ShapleyValue.MOST_PLAYERS) {
            throw new FusionException("Shapley values are exact, for " + ShapleyValue.MOST_PLAYERS
                    + " modalities at most, but the model has " + modalities.size()
                    + "; use the permutation importance alone");
        }
        MultimodalDataset rows =
                new MultimodalDataset(labelled.name(), model.aligned(labelled.samples()), labelled.targets());
        CoalitionScores coalitions = new CoalitionScores(model, rows);
        Map<BitSet, Double> scores = new HashMap<>();
        double[] shapley = ShapleyValue.of(modalities.size(), mask -> score(scores, coalitions, mask));
        BitSet all = new BitSet();
        all.set(0, modalities.size());
        PermutationImportance permutation = new PermutationImportance(model, rows, REPEATS, seed);
        List<Line> lines = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            BitSet single = new BitSet();
            single.set(m);
            BitSet others = (BitSet) all.clone();
            others.clear(m);
            PermutationImportance.Drop drop = permutation.ofModality(m);
            lines.add(new Line(
                    modalities.get(m).name(),
                    score(scores, coalitions, single),
                    score(scores, coalitions, others),
                    shapley[m],
                    drop.mean(),
                    drop.deviation()));
        }
        return new ModalityImportance(
                LeadMetric.of(rows.task()),
                score(scores, coalitions, new BitSet()),
                score(scores, coalitions, all),
                lines);
    }

    private static double score(Map<BitSet, Double> known, CoalitionScores coalitions, BitSet mask) {
        return known.computeIfAbsent((BitSet) mask.clone(), coalitions::of);
    }
}
