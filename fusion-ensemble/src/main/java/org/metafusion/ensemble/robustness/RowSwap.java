package org.metafusion.ensemble.robustness;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;

/** A share of the rows that have a modality get it from one another: each from the next of them in a random order. */
public final class RowSwap implements Disturbance {

    private static final List<Double> LEVELS = List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String levelMeans() {
        return "share of rows that get the modality of another row";
    }

    @Override
    public List<Double> usualLevels() {
        return LEVELS;
    }

    @Override
    public FeatureTable disturbed(MultimodalDataset rows, int modality, double level, long seed) {
        FeatureTable table = rows.samples().tables().get(modality);
        int[] present =
                IntStream.range(0, table.rows()).filter(table::isPresent).toArray();
        int[] order = Shuffle.of(present.length, new SplittableRandom(seed));
        int count = (int) Math.round(level * present.length);
        int[] sources = new int[table.rows()];
        Arrays.fill(sources, Exchange.KEPT);
        for (int i = 0; i < count; i++) {
            sources[present[order[i]]] = present[order[(i + 1) % present.length]];
        }
        return Exchange.of(table, sources);
    }
}
