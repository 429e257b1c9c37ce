package org.metafusion.ensemble.committee;

import java.util.List;
import java.util.Locale;

/**
 * The rule that the validation rows themselves prefer: each is selected by four fifths of the rows and scored on the fifth
 * left over. Of those within one standard error of the best the simplest is taken: plain average, weighted average, bagged
 * greedy selection, stacking.
 */
final class ChosenSelection implements CommitteeSelection {

    private static final int FOLDS = 5;
    private static final int FEWEST_ROWS = 20;
    private static final List<CombinationRule> SIMPLEST_FIRST = List.of(
            CombinationRule.SIMPLE_AVERAGE,
            CombinationRule.WEIGHTED_AVERAGE,
            CombinationRule.BAGGED_GREEDY,
            CombinationRule.STACKING);

    private final SelectionOptions options;

    ChosenSelection(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        int[] rows = Ranking.of(validation).rows().stream().toArray();
        if (rows.length < FEWEST_ROWS) {
            Committee simple = CombinationRule.SIMPLE_AVERAGE.selection(options).select(validation);
            return simple.because(simple.reason() + ": " + rows.length
                    + " validation rows are too few to select by; give " + FEWEST_ROWS + " or more");
        }
        double[][] losses = crossValidated(validation, rows);
        CombinationRule chosen = SIMPLEST_FIRST.get(StandardErrorRule.simplest(losses, rows, validation.groups(), 1));
        Committee committee = chosen.selection(options).select(validation);
        return committee.because(String.format(
                Locale.ROOT,
                "%s; of %s, by %d-fold cross-validation on the validation rows the simplest within a standard error of"
                        + " the best",
                committee.reason(),
                String.join(
                        ", ",
                        SIMPLEST_FIRST.stream().map(CombinationRule::label).toList()),
                FOLDS));
    }

    /** The loss of each rule at each row {@code [rules][n]}, selected without the row. */
    private double[][] crossValidated(ValidationOutputs validation, int[] rows) {
        Folds folds = new Folds(rows, validation.groups(), FOLDS, options.seed());
        double[][] losses = new double[SIMPLEST_FIRST.size()][validation.rows()];
        for (int fold = 0; fold < folds.count(); fold++) {
            int[] held = folds.held(fold);
            ValidationOutputs others = validation.select(folds.others(fold));
            for (int r = 0; r < losses.length; r++) {
                double[] all = validation.rowLosses(
                        SIMPLEST_FIRST.get(r).selection(options).select(others));
                for (int row : held) {
                    losses[r][row] = all[row];
                }
            }
        }
        return losses;
    }
}
