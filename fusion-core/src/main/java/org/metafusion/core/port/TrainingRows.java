package org.metafusion.core.port;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.metafusion.core.modality.MultimodalDataset;

/**
 * The rows students learn from and the rows they are judged by: best epochs, top performers, rho, committee.
 *
 * <p>With one fold the two are different rows, a holdout. With {@code k} folds they are the same rows: every student is
 * trained in {@code k} copies, copy {@code f} learns from all rows but those of fold {@code f} and is judged by these, so
 * that every row has an output of a copy that never saw it (cross-fitting).
 *
 * @param train rows to learn from
 * @param validation rows to judge by
 * @param folds copies of each student, one or more
 * @param hiddenFrom for each row of {@code train} the fold whose copies do not learn from it; -1 where all do
 * @param judges for each row of {@code validation} the fold whose copies are judged by it
 */
public record TrainingRows(
        MultimodalDataset train, MultimodalDataset validation, int folds, int[] hiddenFrom, int[] judges) {

    public TrainingRows {
        if (hiddenFrom.length != train.rows() || judges.length != validation.rows()) {
            throw new IllegalArgumentException("Folds are given for " + hiddenFrom.length + " and " + judges.length
                    + " rows but there are " + train.rows() + " and " + validation.rows());
        }
        if (folds < 1
                || Arrays.stream(hiddenFrom).anyMatch(fold -> fold < -1 || fold >= folds)
                || Arrays.stream(judges).anyMatch(fold -> fold < 0 || fold >= folds)) {
            throw new IllegalArgumentException("Folds are numbered from 0 and there must be one or more, but there are "
                    + folds + " and rows of others");
        }
    }

    /** Some rows to learn from, others to judge by. */
    public static TrainingRows holdout(MultimodalDataset train, MultimodalDataset validation) {
        int[] nobody = new int[train.rows()];
        Arrays.fill(nobody, -1);
        return new TrainingRows(train, validation, 1, nobody, new int[validation.rows()]);
    }

    /** All rows to learn from and to judge by. @param foldOf the fold of each row */
    public static TrainingRows crossFitted(MultimodalDataset rows, int folds, int[] foldOf) {
        return new TrainingRows(rows, rows, folds, foldOf, foldOf);
    }

    /** Whether students are trained in copies. */
    public boolean isCrossFitted() {
        return folds > 1;
    }

    /** The rows of {@link #train} that copies of a fold learn from, ascending. */
    public int[] learnedBy(int fold) {
        return IntStream.range(0, hiddenFrom.length)
                .filter(row -> hiddenFrom[row] != fold)
                .toArray();
    }

    /** The rows of {@link #validation} that copies of a fold are judged by, ascending. */
    public int[] judging(int fold) {
        return IntStream.range(0, judges.length)
                .filter(row -> judges[row] == fold)
                .toArray();
    }
}
