package org.metafusion.ensemble.committee;

import java.util.BitSet;

/**
 * A committee that grows: keeps {@code sum w_s o_s} and {@code sum w_s} of every row, so that trying one more student
 * costs one pass over the rows whatever the committee's size.
 */
final class RunningCommittee {

    private final ValidationOutputs validation;
    private final RowLoss rowLoss;
    private final int[] rows;
    private final double[] sums;
    private final double[] totals;

    RunningCommittee(ValidationOutputs validation, BitSet rows) {
        this.validation = validation;
        this.rowLoss = RowLoss.of(validation.targets());
        this.rows = rows.stream().toArray();
        this.sums = new double[validation.rows() * validation.width()];
        this.totals = new double[validation.rows()];
    }

    void add(int student, double weight) {
        int width = validation.width();
        float[] outputs = validation.outputs()[student];
        BitSet visible = validation.visible()[student];
        for (int row : rows) {
            if (visible.get(row)) {
                totals[row] += weight;
                for (int c = row * width; c < (row + 1) * width; c++) {
                    sums[c] += weight * outputs[c];
                }
            }
        }
    }

    /** The mean loss of the committee with one student more; changes nothing, so that several may be tried at once. */
    double lossWith(int student, double weight) {
        int width = validation.width();
        float[] outputs = validation.outputs()[student];
        BitSet visible = validation.visible()[student];
        double[] output = new double[width];
        double loss = 0;
        for (int row : rows) {
            double own = visible.get(row) ? weight : 0;
            double total = totals[row] + own;
            if (total == 0) {
                loss += rowLoss.unseen(row);
                continue;
            }
            for (int c = 0; c < width; c++) {
                int i = row * width + c;
                output[c] = own == 0 ? sums[i] / total : (sums[i] + own * outputs[i]) / total;
            }
            loss += rowLoss.at(row, output);
        }
        return loss / rows.length;
    }

    /** The mean loss as it is. */
    double loss() {
        return lossWith(0, 0);
    }
}
