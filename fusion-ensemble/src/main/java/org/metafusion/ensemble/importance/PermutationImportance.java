package org.metafusion.ensemble.importance;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.robustness.Shuffle;

/**
 * How much a model's score falls when what a modality, or a group of its features, says is dealt out anew among the rows
 * that have the modality (Breiman, 2001). May be slightly negative for what does not matter.
 */
public final class PermutationImportance {

    private final FusionModel model;
    private final MultimodalDataset rows;
    private final int repeats;
    private final long seed;
    private final double base;

    /**
     * Of a model on rows.
     *
     * @param rows with the model's modalities, in its order
     * @param repeats permutations of each modality or group
     */
    public PermutationImportance(FusionModel model, MultimodalDataset rows, int repeats, long seed) {
        if (repeats < 1) {
            throw new IllegalArgumentException("Permutation importance needs 1 repeat or more but got " + repeats);
        }
        this.model = model;
        this.rows = rows;
        this.repeats = repeats;
        this.seed = seed;
        this.base = score(rows.samples());
    }

    /**
     * The fall of the score.
     *
     * @param deviation over the repeats; 0 for one
     */
    public record Drop(double mean, double deviation) {}

    /** A group of a modality's features, {@code from} inclusive to {@code to} exclusive, and its drop. */
    public record FeatureDrop(String modality, int from, int to, Drop drop) {}

    /** Of a whole modality. */
    public Drop ofModality(int modality) {
        return drop(modality, 0, width(modality));
    }

    /** Of a modality's features in so many groups of neighbours, as equal as can be; at most one a feature. */
    public List<FeatureDrop> ofFeatures(int modality, int groups) {
        int width = width(modality);
        int count = Math.min(groups, width);
        List<FeatureDrop> drops = new ArrayList<>();
        for (int g = 0; g < count; g++) {
            int from = (int) ((long) g * width / count);
            int to = (int) ((long) (g + 1) * width / count);
            drops.add(new FeatureDrop(rows.modalities().get(modality).name(), from, to, drop(modality, from, to)));
        }
        return drops;
    }

    private int width(int modality) {
        return rows.modalities().get(modality).width();
    }

    private Drop drop(int modality, int from, int to) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] drops = new double[repeats];
        for (int r = 0; r < repeats; r++) {
            drops[r] = base - score(permuted(modality, from, to, random));
        }
        double mean = IntStream.range(0, repeats).mapToDouble(r -> drops[r]).sum() / repeats;
        double squares = IntStream.range(0, repeats)
                .mapToDouble(r -> (drops[r] - mean) * (drops[r] - mean))
                .sum();
        return new Drop(mean, repeats < 2 ? 0 : Math.sqrt(squares / (repeats - 1)));
    }

    private Samples permuted(int modality, int from, int to, SplittableRandom random) {
        FeatureTable table = rows.samples().tables().get(modality);
        int[] present =
                IntStream.range(0, table.rows()).filter(table::isPresent).toArray();
        int[] order = Shuffle.of(present.length, random);
        int width = table.modality().width();
        float[] own = table.values();
        float[] values = own.clone();
        for (int i = 0; i < present.length; i++) {
            System.arraycopy(own, present[order[i]] * width + from, values, present[i] * width + from, to - from);
        }
        List<FeatureTable> tables = new ArrayList<>(rows.samples().tables());
        tables.set(modality, table.withValues(values));
        return new Samples(rows.samples().ids(), tables);
    }

    private double score(Samples samples) {
        return LeadMetric.of(rows.task())
                .in(model.evaluate(new MultimodalDataset(rows.name(), samples, rows.targets())));
    }
}
