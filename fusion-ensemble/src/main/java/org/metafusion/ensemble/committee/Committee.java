package org.metafusion.ensemble.committee;

import java.util.List;
import org.metafusion.core.modality.Task;

/**
 * The selected students that predict together.
 *
 * @param rule the rule that selected it; never {@link CombinationRule#AUTO}, which settles on another
 * @param members students in order of joining
 * @param weights one a member, not negative, sum 1
 * @param validationLoss mean task loss over the validation rows that any student of the cohort sees; a row no member
 *     sees counts with the loss of the best constant prediction, so that committees of different reach are comparable
 * @param lossTrajectory the validation loss after the start and after each step of a greedy selection; else only the
 *     validation loss
 * @param reason why this rule and these members, in words
 */
public record Committee(
        CombinationRule rule,
        int[] members,
        double[] weights,
        double validationLoss,
        double[] lossTrajectory,
        String reason) {

    public Committee {
        if (members.length == 0 || members.length != weights.length) {
            throw new IllegalArgumentException("A committee needs one member or more and a weight each, but got "
                    + members.length + " members and " + weights.length + " weights");
        }
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
    }

    Committee because(String why) {
        return new Committee(rule, members, weights, validationLoss, lossTrajectory, why);
    }
}
