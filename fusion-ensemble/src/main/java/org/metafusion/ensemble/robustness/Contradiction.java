package org.metafusion.ensemble.robustness;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;

/**
 * A share of the rows that have a modality get it from a row with another label, so that it says something else than the
 * other modalities; for values, from a row on the other side of the median. A row without any such keeps its own.
 */
public final class Contradiction implements Disturbance {

    private static final List<Double> LEVELS = List.of(0.0, 0.2, 0.4, 0.6, 0.8, 1.0);

    @Override
    public String name() {
        return "contradiction";
    }

    @Override
    public String levelMeans() {
        return "share of rows that get the modality of a row with another label";
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
        int[] labels = labels(rows.targets());
        SplittableRandom random = new SplittableRandom(seed);
        int[] order = Shuffle.of(present.length, random);
        int count = (int) Math.round(level * present.length);
        int[] sources = new int[table.rows()];
        Arrays.fill(sources, Exchange.KEPT);
        Map<Integer, int[]> othersOf = new HashMap<>();
        for (int i = 0; i < count; i++) {
            int row = present[order[i]];
            int[] others = othersOf.computeIfAbsent(
                    labels[row],
                    label -> IntStream.of(present)
                            .filter(other -> labels[other] != label)
                            .toArray());
            if (others.length > 0) {
                sources[row] = others[random.nextInt(others.length)];
            }
        }
        return Exchange.of(table, sources);
    }

    /** Classes; of values, whether the first is at its median or above, or above it where none is below. */
    private static int[] labels(Targets targets) {
        if (targets instanceof Targets.Labels labels) {
            return labels.labels();
        }
        float[] values = ((Targets.Values) targets).values();
        int width = targets.task().outputs();
        float[] first = new float[targets.rows()];
        for (int row = 0; row < first.length; row++) {
            first[row] = values[row * width];
        }
        float[] sorted = first.clone();
        Arrays.sort(sorted);
        float median = sorted[sorted.length / 2];
        boolean isLowest = median == sorted[0];
        return IntStream.range(0, first.length)
                .map(row -> first[row] > median || (first[row] == median && !isLowest) ? 1 : 0)
                .toArray();
    }
}
