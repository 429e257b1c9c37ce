package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.port.TrainingRows;

/**
 * The training rows in two parts, one to learn from and one to select by. For classes the split is stratified: each class
 * gives its share, a class of two rows or more one row at least to each part, and the only row of a class is learned from.
 */
public final class ValidationSplit {

    private ValidationSplit() {}

    /**
     * A random split.
     *
     * @throws FusionException if there are fewer than two rows
     */
    public static TrainingRows of(MultimodalDataset rows, double fraction, long seed) {
        if (rows.rows() < 2) {
            throw new FusionException("Data set '" + rows.name() + "' has " + rows.rows()
                    + " training rows; give 2 or more, one to learn from and one to validate on");
        }
        if (!rows.groups().isEmpty()) {
            return grouped(rows, fraction, seed);
        }
        SplittableRandom random = new SplittableRandom(seed);
        boolean[] held = new boolean[rows.rows()];
        for (List<Integer> stratum : strata(rows.targets())) {
            shuffle(stratum, random);
            int share = (int) Math.round(fraction * stratum.size());
            int count = stratum.size() < 2 ? 0 : Math.max(1, Math.min(stratum.size() - 1, share));
            stratum.subList(0, count).forEach(row -> held[row] = true);
        }
        int[] validation = rowsWhere(held, true);
        int[] train = rowsWhere(held, false);
        if (validation.length == 0) {
            validation = new int[] {train[train.length - 1]};
            train = Arrays.copyOf(train, train.length - 1);
        }
        return TrainingRows.holdout(rows.select(train), rows.select(validation));
    }

    /** One of as many folds as make the share, at least two. */
    private static TrainingRows grouped(MultimodalDataset rows, double fraction, long seed) {
        int groups = (int) rows.groups().stream().distinct().count();
        int folds = Math.max(2, Math.min(groups, (int) Math.round(1 / fraction)));
        int[] foldOf = RowFolds.grouped(rows.groups(), folds, seed);
        return TrainingRows.holdout(rows.select(where(foldOf, false)), rows.select(where(foldOf, true)));
    }

    private static int[] where(int[] foldOf, boolean first) {
        return java.util.stream.IntStream.range(0, foldOf.length)
                .filter(row -> (foldOf[row] == 0) == first)
                .toArray();
    }

    private static List<List<Integer>> strata(Targets targets) {
        List<List<Integer>> strata = new ArrayList<>();
        int count = targets instanceof Targets.Labels labels ? labels.task().outputs() : 1;
        for (int i = 0; i < count; i++) {
            strata.add(new ArrayList<>());
        }
        for (int row = 0; row < targets.rows(); row++) {
            strata.get(targets instanceof Targets.Labels labels ? labels.labels()[row] : 0)
                    .add(row);
        }
        return strata;
    }

    private static void shuffle(List<Integer> rows, SplittableRandom random) {
        for (int i = rows.size() - 1; i > 0; i--) {
            java.util.Collections.swap(rows, i, random.nextInt(i + 1));
        }
    }

    private static int[] rowsWhere(boolean[] held, boolean wanted) {
        return java.util.stream.IntStream.range(0, held.length)
                .filter(row -> held[row] == wanted)
                .toArray();
    }
}
