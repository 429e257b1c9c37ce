package org.metafusion.ensemble.robustness;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;

/**
 * Takes modalities away from rows at random. For one seed the rows that lack a modality at a smaller share lack it at a
 * larger one too, so that shares can be compared.
 */
public final class MissingInputs {

    private final Samples rows;
    private final int[][] order;
    private final int[] kept;

    /** Of the given rows; the seed decides which of them lack what. */
    public MissingInputs(Samples rows, long seed) {
        this.rows = rows;
        SplittableRandom random = new SplittableRandom(seed);
        this.order = new int[rows.tables().size()][];
        for (int m = 0; m < order.length; m++) {
            order[m] = Shuffle.of(rows.rows(), random);
        }
        this.kept = random.ints(rows.rows(), 0, Math.max(1, order.length)).toArray();
    }

    /** With a share of the rows, rounded, lacking one modality. A row that has no other keeps it. */
    public Samples without(int modality, double share) {
        return removed(share, List.of(modality));
    }

    /**
     * With a share of the rows of each modality lacking it, independently. A row that would be left without any keeps one,
     * drawn at random, so somewhat less than the share is missing in truth; see {@link #share}.
     */
    public Samples withoutAny(double share) {
        return removed(
                share, java.util.stream.IntStream.range(0, order.length).boxed().toList());
    }

    private Samples removed(double share, List<Integer> modalities) {
        int count = (int) Math.round(share * rows.rows());
        List<BitSet> missing = new ArrayList<>();
        for (FeatureTable table : rows.tables()) {
            missing.add(table.missing());
        }
        for (int m : modalities) {
            for (int i = 0; i < count; i++) {
                missing.get(m).set(order[m][i]);
            }
        }
        keepOne(missing);
        List<FeatureTable> tables = new ArrayList<>();
        for (int m = 0; m < order.length; m++) {
            FeatureTable table = rows.tables().get(m);
            tables.add(new FeatureTable(
                    table.modality(), rows.rows(), table.values().clone(), missing.get(m)));
        }
        return new Samples(rows.ids(), tables);
    }

    private void keepOne(List<BitSet> missing) {
        for (int row = 0; row < rows.rows(); row++) {
            int at = row;
            if (missing.stream().allMatch(lacking -> lacking.get(at))) {
                BitSet had = rows.available(row);
                if (!had.isEmpty()) {
                    int skip = kept[row] % had.cardinality();
                    missing.get(had.stream().skip(skip).findFirst().orElseThrow())
                            .clear(row);
                }
            }
        }
    }

    /** The share of inputs (a row's modality is one) that are missing. */
    public static double share(Samples rows) {
        long missing =
                rows.tables().stream().mapToLong(FeatureTable::missingCount).sum();
        return rows.rows() == 0
                ? 0
                : (double) missing / rows.rows() / rows.tables().size();
    }
}
