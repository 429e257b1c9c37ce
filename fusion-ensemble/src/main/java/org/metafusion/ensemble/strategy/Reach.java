package org.metafusion.ensemble.strategy;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.metafusion.core.modality.Samples;
import org.metafusion.ensemble.fit.FittedCohort;
import org.metafusion.ensemble.model.CommitteeBook;

/**
 * How many of some rows a way to fuse was measured on. What needs a modality is not measured on rows that lack it, and
 * figures of other rows do not compare: the rows that lack nothing may be the easier ones.
 *
 * @param rows measured
 * @param all that were there to be measured
 */
public record Reach(int rows, int all) {

    /** Where there was nothing to measure on. */
    public static final Reach NONE = new Reach(0, 0);

    /** Of what was measured on every row. */
    public static Reach whole(int rows) {
        return new Reach(rows, rows);
    }

    /** The validation rows that the loss of a cohort's committee for all modalities is the mean of. */
    public static Reach ofCommittee(FittedCohort fitted) {
        Samples rows = fitted.split().validation().samples();
        BitSet all = new BitSet();
        all.set(0, fitted.cohort().modalities().size());
        long seen = IntStream.of(CommitteeBook.judging(rows, all))
                .filter(row -> {
                    BitSet available = rows.available(row);
                    return fitted.cohort().students().stream().anyMatch(student -> student.canAnswer(available));
                })
                .count();
        return new Reach((int) seen, rows.rows());
    }

    /** Whether no row is left out. */
    public boolean isWhole() {
        return rows == all;
    }

    /** Of two sets of rows together. */
    public Reach plus(Reach other) {
        return new Reach(rows + other.rows, all + other.all);
    }
}
