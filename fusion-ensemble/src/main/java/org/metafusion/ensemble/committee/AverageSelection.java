package org.metafusion.ensemble.committee;

import java.util.stream.IntStream;

/** The mean of the students kept after pruning: nothing is searched for, so small validation sets do it no harm. */
final class AverageSelection implements CommitteeSelection {

    private final SelectionOptions options;
    private final Weighting weighting;

    AverageSelection(SelectionOptions options, Weighting weighting) {
        this.options = options;
        this.weighting = weighting;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        int[] kept = ranking.kept(options);
        double[] weights = GreedySelection.scaled(IntStream.of(kept)
                .mapToDouble(s -> weighting.of(validation.losses()[s]))
                .toArray());
        CombinationRule rule =
                weighting == Weighting.EQUAL ? CombinationRule.SIMPLE_AVERAGE : CombinationRule.WEIGHTED_AVERAGE;
        Committee unscored = new Committee(
                rule,
                kept,
                weights,
                Double.NaN,
                new double[0],
                rule.label() + " of the best " + kept.length + " of " + validation.students() + " students");
        return new CommitteeLoss(validation).scored(ranking.rows(), unscored);
    }
}
