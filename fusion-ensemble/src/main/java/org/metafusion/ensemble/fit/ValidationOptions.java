package org.metafusion.ensemble.fit;

import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.TrainingRows;

/**
 * By which rows students are judged: a share set aside, or where rows are few all of them by cross-fitting.
 *
 * @param fraction share of the training rows set aside to judge by, where they are not few
 * @param folds copies of each student in cross-fitting, each judged by the rows it does not learn from
 * @param crossFittedBelow fewer training rows than this are cross-fitted; 0 for never
 */
public record ValidationOptions(double fraction, int folds, int crossFittedBelow) {

    public ValidationOptions {
        if (!(fraction > 0 && fraction < 1)) {
            throw new FusionException("Option 'validationFraction' must be between 0 and 1 but is " + fraction);
        }
        if (folds < 2 || crossFittedBelow < 0) {
            throw new FusionException("Cross-fitting takes 2 folds or more and a number of rows of 0 or more but got "
                    + folds + " and " + crossFittedBelow);
        }
    }

    /** The same without cross-fitting. */
    public ValidationOptions holdout() {
        return new ValidationOptions(fraction, folds, 0);
    }

    /** Whether so many training rows are few, to be cross-fitted. */
    public boolean isSmall(int rows) {
        return rows < crossFittedBelow;
    }

    /**
     * The rows of a training; rows of one group stay together.
     *
     * @throws FusionException if there are fewer than two rows, or too few groups
     */
    public TrainingRows split(MultimodalDataset rows, long seed) {
        if (!isSmall(rows.rows()) || rows.rows() < folds) {
            return ValidationSplit.of(rows, fraction, seed);
        }
        return TrainingRows.crossFitted(rows, folds, RowFolds.of(rows, folds, seed));
    }
}
