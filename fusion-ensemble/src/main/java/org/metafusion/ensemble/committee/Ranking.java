package org.metafusion.ensemble.committee;

import java.util.BitSet;
import java.util.stream.IntStream;
import org.metafusion.core.FusionException;

/**
 * The students that can be members, best first.
 *
 * @param students by ascending validation loss, the lower number first where losses are equal; at least one
 * @param rows the validation rows that any of them sees
 */
record Ranking(int[] students, BitSet rows) {

    static Ranking of(ValidationOutputs validation) {
        double[] losses = validation.losses();
        int[] students = IntStream.range(0, losses.length)
                .filter(s -> Double.isFinite(losses[s]) && !validation.visible()[s].isEmpty())
                .boxed()
                .sorted((a, b) -> Double.compare(losses[a], losses[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (students.length == 0) {
            throw new FusionException("No committee can be selected: none of " + losses.length + " students has a"
                    + " finite loss on the " + validation.rows() + " validation rows; give validation rows that have"
                    + " the students' modalities, or lower the learning rate");
        }
        BitSet rows = new BitSet();
        for (int s : students) {
            rows.or(validation.visible()[s]);
        }
        return new Ranking(students, rows);
    }

    /** The best {@code int(S * (1 - pruneFraction))} students, at least one. */
    int[] kept(SelectionOptions options) {
        int count = Math.max(1, (int) (students.length * (1 - options.pruneFraction())));
        return java.util.Arrays.copyOf(students, count);
    }
}
