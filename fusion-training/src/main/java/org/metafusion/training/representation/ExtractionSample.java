package org.metafusion.training.representation;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;

/**
 * The rows that extractors are fitted on where there are very many: they hold them in the heap, some of them twice, and what
 * principal components, kernels or encoders learn hardly changes beyond this. Groups are drawn whole, unless they have more than a tenth of the sample: what a forest says of
 * a row that it did not grow on must not be a sibling's answer. The draw depends on nothing but the number of
 * rows and their groups, so that a model does not depend on how large the heap is or where features lie.
 *
 * @param mostRows of the sample
 * @param mostValues of all modalities of these rows together, but 2,000 rows in any case
 * @param leastOfModality so many rows of a modality that few rows have are in the sample, if there are as many; with whole
 *     groups some more
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
        Units units = units(all.groups(), given, most / 10);
        BitSet chosen = new BitSet();
        int count = 0;
        for (int from = 0; from < given.length; from = units.end(from)) {
            int size = units.end(from) - from;
            if (count + size <= most) {
                units.addTo(chosen, from);
                count += size;
            }
        }
        for (FeatureTable table : all.samples().tables()) {
            long there = chosen.stream().filter(table::isPresent).count();
            for (int from = 0; from < given.length && there < leastOfModality; from = units.end(from)) {
                long more = units.of(from).filter(table::isPresent).count();
                if (more > 0 && !chosen.get(units.rows[from])) {
                    units.addTo(chosen, from);
                    there += more;
                }
            }
        }
        return chosen.stream().toArray();
    }

    /**
     * Rows in random order, those that are drawn together one after the other.
     *
     * @param starts of what is drawn together
     */
    private record Units(int[] rows, BitSet starts) {

        /** The end of the unit that starts at a place. */
        int end(int from) {
            int next = starts.nextSetBit(from + 1);
            return next < 0 ? rows.length : next;
        }

        IntStream of(int from) {
            return Arrays.stream(rows, from, end(from));
        }

        void addTo(BitSet chosen, int from) {
            of(from).forEach(chosen::set);
        }
    }

    /**
     * Groups are drawn together, in the place of their first row; those of more rows than {@code largest}, and rows without
     * groups, row by row. So every row is as likely to be among the first.
     */
    private static Units units(List<String> groups, int[] given, int largest) {
        int[] order = new Draws(given.length).order(given.length);
        int[] rows = new int[given.length];
        BitSet starts = new BitSet();
        if (groups.isEmpty()) {
            Arrays.setAll(rows, i -> given[order[i]]);
            starts.set(0, rows.length);
            return new Units(rows, starts);
        }
        int[] groupOf = numbered(groups, given);
        int[] ends = new int[1 + Arrays.stream(groupOf).max().orElse(0)];
        Arrays.stream(groupOf).forEach(group -> ends[group]++);
        Arrays.parallelPrefix(ends, Integer::sum);
        int[] sorted = new int[given.length];
        int[] starting = ends.clone();
        for (int i = given.length - 1; i >= 0; i--) {
            sorted[--starting[groupOf[i]]] = i;
        }
        int next = 0;
        for (int i : order) {
            int from = starting[groupOf[i]];
            int to = ends[groupOf[i]];
            if (to - from > largest) {
                starts.set(next);
                rows[next++] = given[i];
            } else if (sorted[from] == i) {
                starts.set(next);
                for (int member = from; member < to; member++) {
                    rows[next++] = given[sorted[member]];
                }
            }
        }
        return new Units(rows, starts);
    }

    private static int[] numbered(List<String> groups, int[] given) {
        Map<String, Integer> numbers = new HashMap<>();
        return Arrays.stream(given)
                .map(row -> numbers.computeIfAbsent(groups.get(row), group -> numbers.size()))
                .toArray();
    }
}
