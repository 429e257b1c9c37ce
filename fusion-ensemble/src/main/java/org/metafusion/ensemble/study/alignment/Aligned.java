package org.metafusion.ensemble.study.alignment;

import java.util.List;
import org.metafusion.training.alignment.Retrieval;

/**
 * What one kind of representation reached in a run.
 *
 * @param representation its label, such as {@code con8}
 * @param retrievals on test rows, one a direction; empty where the modalities' representations cannot be compared
 * @param score of the student that joins them
 */
record Aligned(long seed, String representation, List<Retrieval> retrievals, double score) {

    /** Mean over the directions; NaN where there is none. */
    double recall(int k) {
        return retrievals.stream()
                .mapToDouble(r -> r.recall().getOrDefault(k, Double.NaN))
                .average()
                .orElse(Double.NaN);
    }
}
