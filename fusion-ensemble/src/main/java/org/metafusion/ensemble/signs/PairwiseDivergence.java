package org.metafusion.ensemble.signs;

import org.metafusion.ensemble.committee.ValidationOutputs;

/**
 * How far single students are apart on the validation rows: for each ordered pair the mean, over the rows that both see,
 * of {@code KL(p_j || p_i)}, or of the squared difference, the mean over the outputs.
 *
 * @param students their numbers in the cohort, in the order of rows and columns
 * @param values {@code [i][j]}, what pulls student {@code i} towards peer {@code j} in mutual learning; 0 on the diagonal,
 *     NaN where no row is seen by both
 */
public record PairwiseDivergence(int[] students, double[][] values) {

    /** Between the given students. */
    public static PairwiseDivergence between(ValidationOutputs validation, int[] students) {
        double[][] values = new double[students.length][students.length];
        for (int i = 0; i < students.length; i++) {
            for (int j = 0; j < students.length; j++) {
                values[i][j] = i == j ? 0 : Divergence.ofPair(validation, students[i], students[j]);
            }
        }
        return new PairwiseDivergence(students, values);
    }
}
