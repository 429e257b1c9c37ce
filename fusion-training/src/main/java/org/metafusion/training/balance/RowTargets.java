package org.metafusion.training.balance;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.metafusion.core.tensor.Members;

/**
 * The truth about some rows and who sees them, on the host: what outputs are judged by.
 *
 * @param classification whether a target is a class
 * @param width outputs a row
 * @param targets {@code [rows, 1]} classes or {@code [rows, width]} values
 * @param seen {@code [students, rows]}, or {@code [rows]} for all: above 0 where a student sees a row
 * @param members whose {@code seen} is
 * @param rows in each student's part of {@code seen}
 */
public record RowTargets(boolean classification, int width, float[] targets, float[] seen, Members members, int rows) {

    /** Whether a student sees a row. */
    public boolean isSeen(int student, int row) {
        int matrix = members.isShared() ? 0 : members.indexOf(student);
        return seen[matrix * rows + row] > 0;
    }

    /** The class of a row. */
    public int label(int row) {
        return (int) targets[row];
    }

    /** {@code -ln} of the softmax probability of a row's class, from its logits. */
    public double crossEntropy(double[] logits, int row) {
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < width; c++) {
            most = Math.max(most, logits[c]);
        }
        double sum = 0;
        for (int c = 0; c < width; c++) {
            sum += Math.exp(logits[c] - most);
        }
        return Math.log(sum) + most - logits[label(row)];
    }

    /** The rows a student sees. */
    public BitSet seenBy(int student) {
        BitSet seenBy = new BitSet();
        for (int row = 0; row < rows; row++) {
            seenBy.set(row, isSeen(student, row));
        }
        return seenBy;
    }

    /**
     * The score of outputs {@code [count, width]} that a student has for the rows from 0 on: the share of right ones, or
     * R2. NaN if it sees none of them.
     */
    public double score(int student, float[] outputs) {
        return score(outputs, row -> isSeen(student, row));
    }

    /** The same over some rows, whoever sees them; NaN if there are none. */
    public double score(float[] outputs, BitSet counted) {
        return score(outputs, counted::get);
    }

    private double score(float[] outputs, IntPredicate counts) {
        return classification ? accuracy(outputs, counts) : determination(outputs, counts);
    }

    /**
     * What each of some rows is worth to the score over them, which is the mean of this, {@code [rows]}: 1 or 0 for a class,
     * {@code 1 - n e_i / (sum of the squared deviations from the mean target)} for values. NaN for other rows.
     */
    public double[] worths(float[] outputs, BitSet counted) {
        double[] worths = new double[outputs.length / width];
        Arrays.fill(worths, Double.NaN);
        double unit = classification ? 0 : counted.cardinality() / spread(outputs.length, counted::get);
        counted.stream()
                .filter(row -> row < worths.length)
                .forEach(row -> worths[row] =
                        classification ? (isRight(outputs, row) ? 1 : 0) : 1 - unit * error(outputs, row));
        return worths;
    }

    /** The mean cross-entropy or squared error of outputs {@code [count, width]}; NaN if the student sees none of them. */
    public double meanLoss(int student, float[] outputs) {
        return meanLoss(student, outputs, row -> true);
    }

    /** As {@link #meanLoss(int, float[])}, over the rows that count alone; NaN if the student sees none of these. */
    public double meanLoss(int student, float[] outputs, IntPredicate counts) {
        double[] output = new double[width];
        double sum = 0;
        int count = 0;
        for (int row = 0; row < outputs.length / width; row++) {
            if (isSeen(student, row) && counts.test(row)) {
                for (int c = 0; c < width; c++) {
                    output[c] = outputs[row * width + c];
                }
                sum += classification ? crossEntropy(output, row) : squaredError(output, row);
                count++;
            }
        }
        return sum / count;
    }

    private double squaredError(double[] output, int row) {
        double sum = 0;
        for (int c = 0; c < width; c++) {
            sum += Math.pow(targets[row * width + c] - output[c], 2);
        }
        return sum / width;
    }

    private double accuracy(float[] outputs, IntPredicate counts) {
        int right = 0;
        int count = 0;
        for (int row = 0; row < outputs.length / width; row++) {
            if (counts.test(row)) {
                right += isRight(outputs, row) ? 1 : 0;
                count++;
            }
        }
        return right / (double) count;
    }

    private boolean isRight(float[] outputs, int row) {
        int best = 0;
        for (int c = 1; c < width; c++) {
            best = outputs[row * width + c] > outputs[row * width + best] ? c : best;
        }
        return best == label(row);
    }

    private double determination(float[] outputs, IntPredicate counts) {
        double error = 0;
        for (int row = 0; row < outputs.length / width; row++) {
            error += counts.test(row) ? error(outputs, row) : 0;
        }
        return 1 - error / spread(outputs.length, counts);
    }

    private double error(float[] outputs, int row) {
        double sum = 0;
        for (int i = row * width; i < (row + 1) * width; i++) {
            sum += Math.pow(targets[i] - outputs[i], 2);
        }
        return sum;
    }

    /** The squared deviations of the targets from their mean, summed. */
    private double spread(int values, IntPredicate counts) {
        double[] means = new double[width];
        int count = 0;
        for (int row = 0; row < values / width; row++) {
            if (counts.test(row)) {
                count++;
                for (int c = 0; c < width; c++) {
                    means[c] += targets[row * width + c];
                }
            }
        }
        double spread = 0;
        for (int i = 0; i < values; i++) {
            if (counts.test(i / width)) {
                spread += Math.pow(targets[i] - means[i % width] / count, 2);
            }
        }
        return spread;
    }
}
