package org.metafusion.ensemble.committee;

/**
 * Trusts the validation rows as far as they can be trusted: stacking, whose pull towards the weighted average is chosen
 * by cross-validation, and under {@value #FEWEST_ROWS} rows the simple average, since even weights by loss would be as
 * uncertain as the losses.
 *
 * <p>Greedy selection has no such pull. It is fitted to the validation rows, and with about fifty of them it is no better
 * than a plain average; asking the rows by cross-validation whether to trust it or to average was tried, and was no
 * better than stacking on any data set, and worse on most (docs/experiments.md).
 */
final class TrustRule implements CommitteeSelection {

    private static final int FEWEST_ROWS = 20;

    private final SelectionOptions options;

    TrustRule(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        int rows = Ranking.of(validation).rows().cardinality();
        if (rows >= FEWEST_ROWS) {
            return CombinationRule.STACKING.selection(options).select(validation);
        }
        Committee simple = CombinationRule.SIMPLE_AVERAGE.selection(options).select(validation);
        return simple.because(simple.reason() + ": " + rows + " validation rows are too few to select by; give "
                + FEWEST_ROWS + " or more");
    }
}
