package org.metafusion.ensemble.metric;

/**
 * How often each class was predicted as each.
 *
 * @param counts {@code [k][k]}: rows of true class {@code t} predicted as {@code p} at {@code [t][p]}
 */
public record Confusion(int[][] counts) {

    /** Of the most likely classes, the first of equals. */
    static Confusion of(double[] probabilities, int[] labels, int classes) {
        int[][] counts = new int[classes][classes];
        for (int row = 0; row < labels.length; row++) {
            counts[labels[row]][mostLikely(probabilities, row, classes)]++;
        }
        return new Confusion(counts);
    }

    static int mostLikely(double[] probabilities, int row, int classes) {
        int most = 0;
        for (int c = 1; c < classes; c++) {
            if (probabilities[row * classes + c] > probabilities[row * classes + most]) {
                most = c;
            }
        }
        return most;
    }

    int classes() {
        return counts.length;
    }

    int actual(int label) {
        int sum = 0;
        for (int count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    int predicted(int label) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[label];
        }
        return sum;
    }

    double accuracy() {
        int right = 0;
        int rows = 0;
        for (int c = 0; c < classes(); c++) {
            right += counts[c][c];
            rows += actual(c);
        }
        return right / (double) rows;
    }

    /** The mean recall of the classes that have rows. */
    double balancedAccuracy() {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < classes(); c++) {
            if (actual(c) > 0) {
                sum += counts[c][c] / (double) actual(c);
                present++;
            }
        }
        return sum / present;
    }

    /** {@code 2 tp / (actual + predicted)}; 0 for a class that has neither. */
    double f1(int label) {
        int both = actual(label) + predicted(label);
        return both == 0 ? 0 : 2.0 * counts[label][label] / both;
    }

    /** The mean F1 of the classes that have rows or were predicted. */
    double macroF1() {
        double sum = 0;
        int met = 0;
        for (int c = 0; c < classes(); c++) {
            if (actual(c) + predicted(c) > 0) {
                sum += f1(c);
                met++;
            }
        }
        return sum / met;
    }

    /** The mean F1, each class by its share of the rows. */
    double weightedF1() {
        double sum = 0;
        int rows = 0;
        for (int c = 0; c < classes(); c++) {
            sum += f1(c) * actual(c);
            rows += actual(c);
        }
        return sum / rows;
    }
}
