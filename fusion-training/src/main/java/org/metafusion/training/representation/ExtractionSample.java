package org.metafusion.training.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;

/**
 * The rows that extractors are fitted on where there are very many: they hold them in the heap, some of them twice, and what
 * principal components, kernels or encoders learn hardly changes beyond this. Groups are drawn whole: what a forest says of
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
        List<int[]> units = units(all.groups(), given, most);
        BitSet chosen = new BitSet();
        int count = 0;
        for (int[] unit : units) {
            if (count + unit.length <= most) {
                Arrays.stream(unit).forEach(chosen::set);
                count += unit.length;
            }
        }
        for (FeatureTable table : all.samples().tables()) {
            long there = chosen.stream().filter(table::isPresent).count();
            for (int i = 0; i < units.size() && there < leastOfModality; i++) {
                long more = Arrays.stream(units.get(i)).filter(table::isPresent).count();
                if (more > 0 && !chosen.get(units.get(i)[0])) {
                    Arrays.stream(units.get(i)).forEach(chosen::set);
                    there += more;
                }
            }
        }
        return chosen.stream().toArray();
    }

    /** Rows in random order, those of one group together; of a group that is too large for the sample, one by one. */
    private static List<int[]> units(List<String> groups, int[] given, int most) {
        Map<Object, List<Integer>> units = new LinkedHashMap<>();
        for (int i : new Draws(given.length).order(given.length)) {
            units.computeIfAbsent(groups.isEmpty() ? given[i] : groups.get(given[i]), unit -> new ArrayList<>())
                    .add(given[i]);
        }
        return units.values().stream()
                .flatMap(unit -> unit.size() > most
                        ? unit.stream().map(row -> new int[] {row})
                        : Stream.of(unit.stream().mapToInt(Integer::intValue).toArray()))
                .toList();
    }
}
