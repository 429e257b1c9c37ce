package org.metafusion.ensemble.committee;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.metafusion.ensemble.metric.PairedDifference;

/**
 * Greedy selection only where it can be trusted, else an average of the kept students.
 *
 * <p>A greedy committee is fitted to the validation rows, and with about fifty of them it is no better than a plain
 * average. Whether it is better is asked of the validation rows themselves: select on four fifths, score on the fifth
 * left out, several times over where rows are few, on a sample of 2000 where they are many; {@code d_i} is the loss of the average less that of the greedy committee at row i, the
 * mean over the repeats. Greedy is trusted if {@code mean d > sd(d) / sqrt(n)}. The average is the weighted or the
 * simple one, whichever scores better the same way. With fewer than 20 rows nothing is tried: it is the simple average,
 * since weights by loss would be as uncertain as the losses.
 */
final class TrustRule implements CommitteeSelection {

    private static final int FEWEST_ROWS = 20;
    private static final int FOLDS = 5;
    private static final int MOST_TRIED = 2000;

    private static final List<CombinationRule> RULES =
            List.of(CombinationRule.SIMPLE_AVERAGE, CombinationRule.WEIGHTED_AVERAGE, CombinationRule.GREEDY);

    private final SelectionOptions options;

    TrustRule(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        int[] rows = Ranking.of(validation).rows().stream().toArray();
        if (rows.length < FEWEST_ROWS) {
            Committee simple = CombinationRule.SIMPLE_AVERAGE.selection(options).select(validation);
            return simple.because(simple.reason() + ": " + rows.length + " validation rows are too few to select by;"
                    + " give " + FEWEST_ROWS + " or more");
        }
        int[] tried = Folds.sample(rows, MOST_TRIED, options.seed());
        double[][] losses = heldOutLosses(validation, tried);
        int average = mean(losses[1], tried) < mean(losses[0], tried) ? 1 : 0;
        BitSet scored = new BitSet();
        IntStream.of(tried).forEach(scored::set);
        PairedDifference gain = PairedDifference.of(losses[average], losses[2], scored);
        CombinationRule rule = RULES.get(gain.exceeds(1) ? 2 : average);
        Committee committee = rule.selection(options).select(validation);
        return committee.because(String.format(
                Locale.ROOT,
                "%s: on validation rows left out of the selection (%d rows) greedy selection loses %.4f and the %s"
                        + " %.4f; the difference of %.4f is %s its standard error of %.4f",
                committee.reason(),
                tried.length,
                mean(losses[2], tried),
                RULES.get(average).label(),
                mean(losses[average], tried),
                gain.mean(),
                gain.exceeds(1) ? "more than" : "no more than",
                gain.standardError()));
    }

    /** {@code [rule][row]}: the loss at each row of committees selected without it, the mean over the repeats. */
    private double[][] heldOutLosses(ValidationOutputs validation, int[] rows) {
        int repeats = Math.max(1, Math.min(5, 500 / rows.length));
        CommitteeLoss loss = new CommitteeLoss(validation);
        double[][] losses = new double[RULES.size()][validation.rows()];
        for (int repeat = 0; repeat < repeats; repeat++) {
            Folds dealt = new Folds(rows, FOLDS, options.seed() + repeat);
            for (int fold = 0; fold < FOLDS; fold++) {
                ValidationOutputs seen = validation.select(dealt.others(fold));
                for (int r = 0; r < losses.length; r++) {
                    Committee committee = RULES.get(r).selection(options).select(seen);
                    for (int row : dealt.held(fold)) {
                        losses[r][row] += loss.at(row, committee) / repeats;
                    }
                }
            }
        }
        return losses;
    }

    private static double mean(double[] losses, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> losses[row]).average().orElseThrow();
    }
}
