package org.metafusion.ensemble.signs;

import java.util.Arrays;
import java.util.BitSet;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.committee.ValidationOutputs;

/**
 * How far the students' outputs are apart: the mean over rows and ordered pairs of students that both see the row of
 * {@code KL(p_j || p_i)}, or of the squared difference, the mean over the outputs.
 *
 * <p>The pairs of a row are summed at once: {@code sum_ij KL = m sum_j p_j . log p_j - (sum_j p_j) . (sum_i log p_i)}
 * and {@code sum_ij |f_i - f_j|^2 = 2 (m sum f^2 - (sum f)^2)} for {@code m} students.
 */
final class Divergence {

    private final ValidationOutputs validation;
    private final boolean classification;
    private double sum;
    private double pairs;

    private Divergence(ValidationOutputs validation) {
        this.validation = validation;
        this.classification = validation.targets().task() instanceof Task.Classification;
    }

    /** NaN if no row is seen by two students. */
    static double meanPairwise(ValidationOutputs validation) {
        Divergence divergence = new Divergence(validation);
        int[] finite = java.util.stream.IntStream.range(0, validation.students())
                .filter(s -> Double.isFinite(validation.losses()[s]))
                .toArray();
        for (int row = 0; row < validation.rows(); row++) {
            int here = row;
            int[] seeing = Arrays.stream(finite)
                    .filter(s -> validation.visible()[s].get(here))
                    .toArray();
            divergence.addRow(row, seeing);
        }
        return divergence.sum / divergence.pairs;
    }

    /** Of one ordered pair: {@code KL(p_peer || p_student)} or the squared difference; NaN if no row is seen by both. */
    static double ofPair(ValidationOutputs validation, int student, int peer) {
        Divergence divergence = new Divergence(validation);
        BitSet both = (BitSet) validation.visible()[student].clone();
        both.and(validation.visible()[peer]);
        double sum = 0;
        for (int row = both.nextSetBit(0); row >= 0; row = both.nextSetBit(row + 1)) {
            sum += divergence.atRow(divergence.output(student, row), divergence.output(peer, row));
        }
        return sum / both.cardinality();
    }

    private double atRow(double[] student, double[] peer) {
        double sum = 0;
        for (int c = 0; c < student.length; c++) {
            double apart = peer[c] - student[c];
            sum += classification ? Math.exp(peer[c]) * apart : apart * apart / student.length;
        }
        return Math.max(0, sum);
    }

    /** Log probabilities, or values. */
    private double[] output(int student, int row) {
        double[] output = new double[validation.width()];
        for (int c = 0; c < output.length; c++) {
            output[c] = validation.outputs()[student][row * output.length + c];
        }
        if (classification) {
            toLogProbabilities(output);
        }
        return output;
    }

    private void addRow(int row, int[] students) {
        int width = validation.width();
        double[] first = new double[width];
        double[] second = new double[width];
        double own = 0;
        for (int s : students) {
            double[] output = output(s, row);
            for (int c = 0; c < width; c++) {
                double value = classification ? Math.exp(output[c]) : output[c];
                first[c] += value;
                second[c] += output[c];
                own += value * output[c];
            }
        }
        double across = 0;
        for (int c = 0; c < width; c++) {
            across += first[c] * second[c];
        }
        double total = students.length * own - across;
        sum += Math.max(0, classification ? total : 2 * total / width);
        pairs += students.length * (students.length - 1.0);
    }

    private static void toLogProbabilities(double[] logits) {
        double max = Arrays.stream(logits).max().orElseThrow();
        double sum = 0;
        for (double logit : logits) {
            sum += Math.exp(logit - max);
        }
        double normaliser = max + Math.log(sum);
        for (int c = 0; c < logits.length; c++) {
            logits[c] -= normaliser;
        }
    }
}
