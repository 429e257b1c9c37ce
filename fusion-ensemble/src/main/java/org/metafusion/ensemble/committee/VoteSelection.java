package org.metafusion.ensemble.committee;

import java.util.Arrays;

/** A vote of the students kept after pruning, each with one voice. */
final class VoteSelection implements CommitteeSelection {

    private final SelectionOptions options;

    VoteSelection(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        int[] kept = ranking.kept(options);
        double[] weights = new double[kept.length];
        Arrays.fill(weights, 1.0 / kept.length);
        Committee unscored = new Committee(
                CombinationRule.MAJORITY_VOTE,
                kept,
                weights,
                Double.NaN,
                new double[0],
                "vote of the best " + kept.length + " of " + validation.students() + " students");
        return new CommitteeLoss(validation).scored(ranking.rows(), unscored);
    }
}
