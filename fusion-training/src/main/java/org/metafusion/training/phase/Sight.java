package org.metafusion.training.phase;

import java.util.Arrays;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.representation.PreparedRows;

/**
 * Which copies see which rows: those that can answer for what the row has, and that the row is not hidden from.
 *
 * @param copies in question
 * @param hiddenFrom the fold each row is hidden from, -1 for none; empty if no row is hidden
 */
record Sight(CohortLayout layout, Members copies, PreparedRows rows, int[] hiddenFrom) {

    /** Whether every copy sees every row. */
    boolean isComplete() {
        return rows.isComplete() && Arrays.stream(hiddenFrom).allMatch(fold -> fold < 0);
    }

    boolean sees(int copy, int row) {
        boolean hidden = hiddenFrom.length > 0 && hiddenFrom[row] == layout.fold(copy);
        StudentSpec spec = layout.spec(copy);
        return !hidden && (spec.isTolerant() ? rows.hasAny(row, spec.modalities()) : rows.has(row, spec.modalities()));
    }
}
