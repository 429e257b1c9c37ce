package org.metafusion.ensemble.committee;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.metafusion.core.modality.RowGroups;
import org.metafusion.core.modality.Targets;

/**
 * What every student of a cohort says about the validation rows, from which a committee is selected.
 *
 * @param outputs {@code [S][n * k]}: each student's logits or values, row-major; never read where it is not visible
 * @param targets of the n rows
 * @param visible one a student: the rows whose inputs the student has
 * @param losses one a student: its mean task loss over its visible rows; NaN if it has none
 * @param groups the group of each row, such as the patient a sample is of; empty where rows are independent
 */
public record ValidationOutputs(
        float[][] outputs, Targets targets, BitSet[] visible, double[] losses, List<String> groups) {

    public ValidationOutputs {
        groups = List.copyOf(groups);
        if (!groups.isEmpty() && groups.size() != targets.rows()) {
            throw new IllegalArgumentException(targets.rows() + " rows need as many groups but got " + groups.size());
        }
        int students = outputs.length;
        if (visible.length != students || losses.length != students) {
            throw new IllegalArgumentException("Outputs of " + students + " students need as many visible rows and"
                    + " losses but got " + visible.length + " and " + losses.length);
        }
        int size = targets.rows() * targets.task().outputs();
        for (int s = 0; s < students; s++) {
            if (outputs[s].length != size) {
                throw new IllegalArgumentException("Student " + s + " has " + outputs[s].length + " outputs but "
                        + targets.rows() + " rows of " + targets.task().outputs() + " need " + size);
            }
        }
    }

    /** With each student's loss computed from its outputs. */
    public static ValidationOutputs of(float[][] outputs, Targets targets, BitSet[] visible) {
        RowLoss rowLoss = RowLoss.of(targets);
        double[] losses = new double[outputs.length];
        for (int s = 0; s < outputs.length; s++) {
            losses[s] = rowLoss.mean(outputs[s], visible[s]);
        }
        return new ValidationOutputs(outputs, targets, visible, losses, List.of());
    }

    /** Of students that have the inputs of every row. */
    public static ValidationOutputs of(float[][] outputs, Targets targets) {
        BitSet all = new BitSet();
        all.set(0, targets.rows());
        BitSet[] visible = new BitSet[outputs.length];
        Arrays.fill(visible, all);
        return of(outputs, targets, visible);
    }

    /** The same of rows in the given groups. */
    public ValidationOutputs withGroups(List<String> other) {
        return new ValidationOutputs(outputs, targets, visible, losses, other);
    }

    public int students() {
        return outputs.length;
    }

    public int rows() {
        return targets.rows();
    }

    /** The width of an output, k. */
    public int width() {
        return targets.task().outputs();
    }

    /** The task loss of a committee at each row {@code [n]}; that of the best constant output where no member sees it. */
    public double[] rowLosses(Committee committee) {
        CommitteeLoss loss = new CommitteeLoss(this);
        double[] losses = new double[rows()];
        for (int row = 0; row < losses.length; row++) {
            losses[row] = loss.at(row, committee);
        }
        return losses;
    }

    /** The task loss of a student at each row {@code [n]}; NaN where it is blind. */
    public double[] rowLosses(int student) {
        RowLoss rowLoss = RowLoss.of(targets);
        double[] output = new double[width()];
        double[] losses = new double[rows()];
        for (int row = 0; row < losses.length; row++) {
            for (int c = 0; c < output.length; c++) {
                output[c] = outputs[student][row * output.length + c];
            }
            losses[row] = visible[student].get(row) ? rowLoss.at(row, output) : Double.NaN;
        }
        return losses;
    }

    /** The given rows, in the given order, with the students' losses on them. */
    public ValidationOutputs select(int[] rows) {
        int width = width();
        float[][] taken = new float[students()][rows.length * width];
        BitSet[] seen = new BitSet[students()];
        for (int s = 0; s < students(); s++) {
            seen[s] = new BitSet();
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(outputs[s], rows[i] * width, taken[s], i * width, width);
                seen[s].set(i, visible[s].get(rows[i]));
            }
        }
        return of(taken, targets.select(rows), seen).withGroups(RowGroups.of(rows, groups));
    }
}
