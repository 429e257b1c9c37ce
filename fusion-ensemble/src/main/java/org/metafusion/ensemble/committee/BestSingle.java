package org.metafusion.ensemble.committee;

/** The student of the lowest validation loss, alone. */
final class BestSingle implements CommitteeSelection {

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        Committee unscored = new Committee(
                CombinationRule.BEST_SINGLE,
                new int[] {ranking.students()[0]},
                new double[] {1},
                Double.NaN,
                new double[0],
                "lowest validation loss of " + validation.students() + " students");
        return new CommitteeLoss(validation).scored(ranking.rows(), unscored);
    }
}
