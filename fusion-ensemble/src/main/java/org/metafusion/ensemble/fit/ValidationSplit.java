package org.metafusion.ensemble.fit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.training.representation.HeldOutRows;

/**
 * The training rows in two parts, one to learn from and one to select by. For classes the split is stratified: each class
 * gives its share, a class of two rows or more one row at least to each part, and the only row of a class is learned from.
 * Where rows come in groups, these are drawn whole, whatever their classes.
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

    private static TrainingRows grouped(MultimodalDataset rows, double fraction, long seed) {
        if (rows.groups().stream().distinct().count() < 2) {
            throw new FusionException("All training rows of data set '" + rows.name() + "' are of group '"
                    + rows.groups().get(0) + "'; give rows of 2 groups or more, to learn from and to validate on");
        }
        int count = Math.max(1, Math.min(rows.rows() - 1, (int) Math.round(fraction * rows.rows())));
        HeldOutRows parts = HeldOutRows.of(IntStream.range(0, rows.rows()).toArray(), rows.groups(), count, seed);
        return TrainingRows.holdout(rows.select(ascending(parts.learning())), rows.select(ascending(parts.held())));
    }

    private static int[] ascending(int[] rows) {
        return IntStream.of(rows).sorted().toArray();
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
            Collections.swap(rows, i, random.nextInt(i + 1));
        }
    }

    private static int[] rowsWhere(boolean[] held, boolean wanted) {
        return IntStream.range(0, held.length)
                .filter(row -> held[row] == wanted)
                .toArray();
    }
}
