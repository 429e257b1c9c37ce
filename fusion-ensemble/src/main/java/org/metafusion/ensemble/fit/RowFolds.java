package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.RowGroups;
import org.metafusion.core.modality.Targets;

/**
 * Rows dealt at random into folds of equal size, give or take one, that are alike: classes have the same shares in each
 * (a class of fewer rows than folds is missing in some), and values the same distribution. The same seed deals the same on
 * every JDK.
 */
public final class RowFolds {

    private RowFolds() {}

    /** The fold of each row: by groups where the rows have some, else stratified. */
    public static int[] of(MultimodalDataset rows, int folds, long seed) {
        return rows.groups().isEmpty() ? of(rows.targets(), folds, seed) : grouped(rows.groups(), folds, seed);
    }

    /** The fold of each row, stratified by class or by the first target value. */
    public static int[] of(Targets targets, int folds, long seed) {
        requireFolds(targets.rows(), "rows", folds);
        SplittableRandom random = new SplittableRandom(seed);
        int[] foldOf = new int[targets.rows()];
        int dealt = 0;
        for (List<Integer> stratum : strata(targets, folds)) {
            shuffle(stratum, random);
            for (int row : stratum) {
                foldOf[row] = dealt++ % folds;
            }
        }
        return foldOf;
    }

    /**
     * The fold of each row where rows of one group stay together, such as the samples of one patient: groups are dealt
     * from the largest on, each to the fold that has the fewest rows.
     *
     * @param groups the group of each row
     */
    public static int[] grouped(List<String> groups, int folds, long seed) {
        Map<String, List<Integer>> rows =
                RowGroups.by(IntStream.range(0, groups.size()).toArray(), groups);
        requireFolds(rows.size(), "groups", folds);
        List<List<Integer>> order = new ArrayList<>(rows.values());
        shuffle(order, new SplittableRandom(seed));
        order.sort(
                Comparator.comparingInt((List<Integer> group) -> group.size()).reversed());
        int[] sizes = new int[folds];
        int[] foldOf = new int[groups.size()];
        for (List<Integer> group : order) {
            int smallest = IntStream.range(0, folds)
                    .boxed()
                    .min(Comparator.comparingInt(fold -> sizes[fold]))
                    .orElseThrow();
            sizes[smallest] += group.size();
            group.forEach(row -> foldOf[row] = smallest);
        }
        return foldOf;
    }

    private static void requireFolds(int count, String what, int folds) {
        if (folds < 2 || count < folds) {
            throw new FusionException(count + " " + what + " cannot be dealt into " + folds
                    + " folds; use 2 folds or more, and no more" + " than there are " + what);
        }
    }

    /** Rows of one class, or blocks of as many rows of neighbouring values as there are folds. */
    private static List<List<Integer>> strata(Targets targets, int folds) {
        List<List<Integer>> strata = new ArrayList<>();
        if (targets instanceof Targets.Labels labels) {
            for (int c = 0; c < labels.task().outputs(); c++) {
                strata.add(new ArrayList<>());
            }
            for (int row = 0; row < labels.rows(); row++) {
                strata.get(labels.labels()[row]).add(row);
            }
            return strata;
        }
        Targets.Values values = (Targets.Values) targets;
        int width = values.task().outputs();
        Integer[] ascending = IntStream.range(0, values.rows()).boxed().toArray(Integer[]::new);
        Arrays.sort(ascending, Comparator.comparingDouble(row -> values.values()[row * width]));
        for (int from = 0; from < ascending.length; from += folds) {
            int to = Math.min(ascending.length, from + folds);
            strata.add(new ArrayList<>(Arrays.asList(ascending).subList(from, to)));
        }
        return strata;
    }

    private static void shuffle(List<?> rows, SplittableRandom random) {
        for (int i = rows.size() - 1; i > 0; i--) {
            Collections.swap(rows, i, random.nextInt(i + 1));
        }
    }
}
