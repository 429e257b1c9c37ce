package org.metafusion.ensemble.committee;

import java.util.List;
import org.metafusion.core.modality.Task;

/**
 * The selected students that predict together.
 *
 * @param rule the rule that selected it; never {@link CombinationRule#AUTO}, which settles on another
 * @param members students in order of joining
 * @param weights one a member, not negative, sum 1
 * @param validationLoss mean task loss over the validation rows that any student of the cohort sees, before calibration;
 *     a row no member sees counts with the loss of the best constant prediction, so that committees of different reach are
 *     comparable
 * @param lossTrajectory the validation loss after the start and after each step of a greedy selection; else only the
 *     validation loss
 * @param reason why this rule and these members, in words
 * @param temperature what combined logits are divided by, so that probabilities say how often they are right; 1 changes
 *     nothing, and values have no other; see {@link Temperature}
 */
public record Committee(
        CombinationRule rule,
        int[] members,
        double[] weights,
        double validationLoss,
        double[] lossTrajectory,
        String reason,
        double temperature) {

    public Committee {
        if (members.length == 0 || members.length != weights.length) {
            throw new IllegalArgumentException("A committee needs one member or more and a weight each, but got "
                    + members.length + " members and " + weights.length + " weights");
        }
        if (!(temperature > 0) || Double.isInfinite(temperature)) {
            throw new IllegalArgumentException("A committee's temperature must be positive but is " + temperature);
        }
    }

    /** A committee that is not calibrated: of temperature 1. */
    public Committee(
            CombinationRule rule,
            int[] members,
            double[] weights,
            double validationLoss,
            double[] lossTrajectory,
            String reason) {
        this(rule, members, weights, validationLoss, lossTrajectory, reason, 1);
    }

    /**
     * The committee's outputs {@code [n * k]}: logits for classification, values for regression.
     *
     * @param memberOutputs one {@code [n * k]} a member, in order of {@link #members}, all of whose inputs are there
     */
    public double[] combine(List<float[]> memberOutputs, Task task) {
        if (memberOutputs.size() != members.length) {
            throw new IllegalArgumentException(
                    "The committee has " + members.length + " members but got outputs of " + memberOutputs.size());
        }
        double[] combined = new double[memberOutputs.get(0).length];
        rule.combination(task).rows(memberOutputs.toArray(float[][]::new), weights, task.outputs(), combined);
        calibrate(combined);
        return combined;
    }

    /**
     * The committee's outputs {@code [k]} for one row.
     *
     * @param memberOutputs {@code [k]} of each member, in order of {@link #members}
     * @param combined overwritten
     */
    public void combineRow(float[][] memberOutputs, Task task, double[] combined) {
        rule.combination(task).row(memberOutputs, weights, 0, combined);
        calibrate(combined);
    }

    private void calibrate(double[] combined) {
        if (temperature != 1) {
            for (int i = 0; i < combined.length; i++) {
                combined[i] /= temperature;
            }
        }
    }

    /** The same with other numbers for its members, in their order. */
    public Committee renumbered(int[] numbers) {
        return new Committee(rule, numbers, weights, validationLoss, lossTrajectory, reason, temperature);
    }

    /** The same with another temperature. */
    public Committee at(double other) {
        return new Committee(rule, members, weights, validationLoss, lossTrajectory, reason, other);
    }

    Committee because(String why) {
        return new Committee(rule, members, weights, validationLoss, lossTrajectory, why, temperature);
    }
}
