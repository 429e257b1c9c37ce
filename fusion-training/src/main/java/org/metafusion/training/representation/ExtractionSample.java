package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.BitSet;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;

/**
 * The rows that extractors are fitted on where there are very many: they hold them in the heap, some of them twice, and what
 * principal components, kernels or encoders learn hardly changes beyond this. The draw depends on nothing but the number of
 * rows, so that a model does not depend on how large the heap is or where features lie.
 *
 * @param mostRows of the sample
 * @param mostValues of all modalities of these rows together, but 2,000 rows in any case
 * @param leastOfModality so many rows of a modality that few rows have are in the sample, if there are as many
 */
record ExtractionSample(int mostRows, long mostValues, int leastOfModality) {

    static final ExtractionSample USUAL = new ExtractionSample(50_000, 1L << 27, 1_000);

    private static final int LEAST_ROWS = 2_000;

    /** The most rows of such modalities; more are sampled. */
    int rows(MultimodalDataset rows) {
        long width = rows.modalities().stream().mapToLong(m -> m.width()).sum();
        return (int) Math.min(mostRows, Math.max(LEAST_ROWS, mostValues / width));
    }

    /** Those of the given rows that are to be looked at, ascending; all where they are not too many. */
    int[] of(MultimodalDataset all, int[] given) {
        int most = rows(all);
        if (given.length <= most) {
            return given;
        }
        int[] order = new Draws(given.length).order(given.length);
        BitSet chosen = new BitSet();
        for (int i = 0; i < most; i++) {
            chosen.set(given[order[i]]);
        }
        for (FeatureTable table : all.samples().tables()) {
            long there = chosen.stream().filter(table::isPresent).count();
            Arrays.stream(order)
                    .skip(most)
                    .map(i -> given[i])
                    .filter(table::isPresent)
                    .limit(Math.max(0, leastOfModality - there))
                    .forEach(chosen::set);
        }
        return chosen.stream().toArray();
    }
}
