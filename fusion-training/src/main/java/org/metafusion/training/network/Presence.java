package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;

/**
 * Which modalities are there, row by row: what operators that fuse what is there are told. Used by one thread at a time.
 */
public final class Presence {

    private final int rows;
    private final List<BitSet> missing;
    private final @Nullable Thinning thinning;
    private final @Nullable Blend blend;
    private final Map<List<Integer>, float[]> shares = new HashMap<>();
    private final Map<BitSet, Presence> restricted = new HashMap<>();

    /** @param missing for each modality the rows that lack it */
    public Presence(int rows, List<BitSet> missing) {
        this(rows, missing, null, null);
    }

    /** Which single modality each row is looked at with, -1 for all. */
    private interface Blend {
        int[] single(List<Integer> modalities);
    }

    /** What modality dropout leaves out; drawn when first asked for, since most students never ask. */
    private record Thinning(float rate, long seed) {

        List<BitSet> of(List<BitSet> missing, int rows) {
            SplittableRandom random = new SplittableRandom(seed);
            List<BitSet> less = new ArrayList<>();
            for (BitSet lacking : missing) {
                BitSet dropped = (BitSet) lacking.clone();
                for (int row = 0; row < rows; row++) {
                    if (random.nextDouble() < rate) {
                        dropped.set(row);
                    }
                }
                less.add(dropped);
            }
            return less;
        }
    }

    private Presence(int rows, List<BitSet> missing, @Nullable Thinning thinning, @Nullable Blend blend) {
        this.rows = rows;
        this.missing = missing;
        this.thinning = thinning;
        this.blend = blend;
    }

    /** That of samples. */
    public static Presence of(Samples samples) {
        List<BitSet> missing = new ArrayList<>();
        for (FeatureTable table : samples.tables()) {
            BitSet lacking = new BitSet();
            for (int row = 0; row < table.rows(); row++) {
                lacking.set(row, !table.isPresent(row));
            }
            missing.add(lacking);
        }
        return new Presence(samples.rows(), missing);
    }

    /**
     * {@code [rows, modalities]}: one over the number of the given modalities that a row has, in the columns of these; 0
     * in the others, and throughout a row that has none.
     *
     * @param modalities ascending
     */
    public float[] shares(List<Integer> modalities) {
        return shares.computeIfAbsent(modalities, this::computed);
    }

    private float[] computed(List<Integer> modalities) {
        float[] computed = new float[rows * modalities.size()];
        List<BitSet> kept = thinning == null ? missing : thinning.of(missing, rows);
        int[] single = blend == null ? new int[0] : blend.single(modalities);
        for (int row = 0; row < rows; row++) {
            int at = row;
            List<BitSet> from = modalities.stream().anyMatch(m -> has(kept, at, m)) ? kept : missing;
            int alone = single.length > 0 && single[row] >= 0 && has(from, row, single[row]) ? single[row] : -1;
            long there = modalities.stream().filter(m -> has(from, at, m)).count();
            for (int i = 0; i < modalities.size(); i++) {
                int m = modalities.get(i);
                float share = has(from, row, m) ? 1f / there : 0f;
                computed[row * modalities.size() + i] = alone < 0 ? share : m == alone ? 1f : 0f;
            }
        }
        return computed;
    }

    private static boolean has(List<BitSet> missing, int row, int modality) {
        return !missing.get(modality).get(row);
    }

    /** Whether a row has one of the given modalities or more. */
    public boolean hasAny(int row, BitSet modalities) {
        return modalities.stream().anyMatch(m -> has(missing, row, m));
    }

    /** As if there were only the given modalities. */
    public Presence only(BitSet available) {
        return restricted.computeIfAbsent((BitSet) available.clone(), this::restrictedTo);
    }

    private Presence restrictedTo(BitSet available) {
        BitSet everyRow = new BitSet();
        everyRow.set(0, rows);
        List<BitSet> less = new ArrayList<>();
        for (int m = 0; m < missing.size(); m++) {
            less.add(available.get(m) ? missing.get(m) : everyRow);
        }
        return new Presence(rows, less);
    }

    /**
     * Modality dropout: every modality of every row is missing with probability {@code rate}. Who would lose all its
     * modalities of a row keeps those the row has.
     */
    public Presence thinned(float rate, long seed) {
        return new Presence(rows, missing, new Thinning(rate, seed), null);
    }

    /**
     * A blend of looks: each row with all it has, or with a single modality, drawn by weights.
     *
     * @param weights by modalities, ascending: of all, then of each alone; of sum 1. Who lacks the one it is to be looked
     *     at with is looked at with all it has
     */
    public Presence blended(Function<List<Integer>, double[]> weights, long seed) {
        return new Presence(rows, missing, null, modalities -> drawn(modalities, weights.apply(modalities), seed));
    }

    private int[] drawn(List<Integer> modalities, double[] weights, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] single = new int[rows];
        for (int row = 0; row < rows; row++) {
            double left = random.nextDouble();
            int way = 0;
            while (way < modalities.size() && left >= weights[way]) {
                left -= weights[way++];
            }
            single[row] = way == 0 ? -1 : modalities.get(way - 1);
        }
        return single;
    }
}
