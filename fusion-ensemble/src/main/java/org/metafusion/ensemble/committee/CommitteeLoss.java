package org.metafusion.ensemble.committee;

import java.util.BitSet;

/** Scores a committee on rows. */
final class CommitteeLoss {

    private final ValidationOutputs validation;
    private final RowLoss rowLoss;

    CommitteeLoss(ValidationOutputs validation) {
        this.validation = validation;
        this.rowLoss = RowLoss.of(validation.targets());
    }

    /** The loss at one row, of the members that see it; of the best constant output if none does. */
    double at(int row, Committee committee) {
        double[] output = new double[validation.width()];
        return combine(row, committee, output) ? rowLoss.at(row, output) : rowLoss.unseen(row);
    }

    /**
     * What the members that see a row say of it together, before calibration.
     *
     * @param output {@code [k]}, overwritten
     * @return whether any member sees the row
     */
    boolean combine(int row, Committee committee, double[] output) {
        int[] members = committee.members();
        float[][] outputs = new float[members.length][];
        double[] weights = new double[members.length];
        double total = 0;
        for (int m = 0; m < members.length; m++) {
            outputs[m] = validation.outputs()[members[m]];
            weights[m] = validation.visible()[members[m]].get(row) ? committee.weights()[m] : 0;
            total += weights[m];
        }
        if (total == 0) {
            return false;
        }
        committee.rule().combination(validation.targets().task()).row(outputs, weights, row * output.length, output);
        return true;
    }

    /** The mean over the given rows. */
    double mean(BitSet rows, Committee committee) {
        return rows.stream().mapToDouble(row -> at(row, committee)).sum() / rows.cardinality();
    }

    /** A committee with its validation loss filled in. */
    Committee scored(BitSet rows, Committee committee) {
        double loss = mean(rows, committee);
        return new Committee(
                committee.rule(),
                committee.members(),
                committee.weights(),
                loss,
                new double[] {loss},
                committee.reason());
    }
}
