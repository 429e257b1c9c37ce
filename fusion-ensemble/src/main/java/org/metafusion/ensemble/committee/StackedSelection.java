package org.metafusion.ensemble.committee;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Stacking: a meta learner fitted to the kept students' outputs on the <em>validation</em> rows (on training rows the
 * students that overfit most would look best).
 *
 * <p>The meta learner is one weight a student, not negative and of sum 1 (Breiman's stacked regressions, 1996; for
 * classes the same on logits), pulled by an L2 penalty towards weights proportional to {@code loss^-p}. Chosen over a free
 * ridge or multinomial logistic regression because those have {@code m k^2} coefficients, correlated inputs and nothing
 * sensible to shrink to: with fifty rows they collapse, where this one becomes a weighted average. It also leaves a
 * student out without refitting. The sharpness {@code p} and the strength of the pull are the plainest (the least
 * sharp, then the strongest pull) whose 5-fold cross-validated loss is within half a standard error of the lowest: where some students are clearly better than most, as kernel machines and forests are than networks
 * on some hundred rows, an average of all is no good place to shrink to. See {@link SimplexFit} for the objective.
 */
final class StackedSelection implements CommitteeSelection {

    private static final double[] SHARPNESSES = {1, 4, 16, 64};
    private static final double[] PULLS = {10, 1, 0.1, 0.01, 0.001};
    private static final double CLEARLY = 0.5;
    private static final int FOLDS = 5;
    private static final int MOST_CROSS_VALIDATED = 2000;

    private final SelectionOptions options;

    /** Where weights are pulled to, and how strongly; see {@link SimplexFit}. */
    private record Shrinkage(double sharpness, double pull) {
        static final Shrinkage STRONGEST = new Shrinkage(SHARPNESSES[0], PULLS[0]);

        /** All that are tried, the plainest first. */
        static List<Shrinkage> all() {
            return Arrays.stream(SHARPNESSES)
                    .boxed()
                    .flatMap(p -> Arrays.stream(PULLS).mapToObj(pull -> new Shrinkage(p, pull)))
                    .toList();
        }
    }

    StackedSelection(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        int[] kept = ranking.kept(options);
        int[] pool = Arrays.copyOf(kept, Math.min(kept.length, options.maxMembers()));
        BitSet seen = new BitSet();
        IntStream.of(pool).forEach(s -> seen.or(validation.visible()[s]));
        int[] rows = seen.stream().toArray();
        float[][] outputs = filled(validation, pool, rows);
        RowLoss rowLoss = RowLoss.of(validation.targets());
        Shrinkage shrinkage = pool.length == 1 || rows.length < FOLDS
                ? Shrinkage.STRONGEST
                : chosen(outputs, rowLoss, rows, validation.groups());
        double[] weights = new SimplexFit(outputs, rowLoss, rows, shrinkage.sharpness).fit(shrinkage.pull);
        Committee unscored = committee(pool, weights, shrinkage);
        return new CommitteeLoss(validation).scored(ranking.rows(), unscored);
    }

    private static Committee committee(int[] pool, double[] weights, Shrinkage shrinkage) {
        int[] positive =
                IntStream.range(0, pool.length).filter(s -> weights[s] > 1e-6).toArray();
        double[] kept = IntStream.of(positive).mapToDouble(s -> weights[s]).toArray();
        return new Committee(
                CombinationRule.STACKING,
                IntStream.of(positive).map(s -> pool[s]).toArray(),
                GreedySelection.scaled(kept),
                Double.NaN,
                new double[0],
                String.format(
                        Locale.ROOT,
                        "stacking gave %d of the best %d students a weight (pull %s towards weights by loss^-%s)",
                        positive.length,
                        pool.length,
                        plain(shrinkage.pull),
                        plain(shrinkage.sharpness)));
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }

    /** The pool's outputs; where a student lacks a row, the mean of those that see it. */
    private static float[][] filled(ValidationOutputs validation, int[] pool, int[] rows) {
        int width = validation.width();
        float[][] outputs = new float[pool.length][];
        for (int s = 0; s < pool.length; s++) {
            outputs[s] = validation.outputs()[pool[s]].clone();
        }
        double[] present = new double[pool.length];
        double[] mean = new double[width];
        for (int row : rows) {
            for (int s = 0; s < pool.length; s++) {
                present[s] = validation.visible()[pool[s]].get(row) ? 1 : 0;
            }
            Combination.WEIGHTED_MEAN.row(outputs, present, row * width, mean);
            for (int s = 0; s < pool.length; s++) {
                for (int c = 0; c < width && present[s] == 0; c++) {
                    outputs[s][row * width + c] = (float) mean[c];
                }
            }
        }
        return outputs;
    }

    private Shrinkage chosen(float[][] outputs, RowLoss rowLoss, int[] rows, List<String> groups) {
        int[] tried = Folds.sample(rows, MOST_CROSS_VALIDATED, options.seed());
        Folds folds = new Folds(tried, groups, FOLDS, options.seed());
        List<Shrinkage> choices = Shrinkage.all();
        double[][] losses = new double[choices.size()][outputs[0].length / rowLoss.width()];
        for (int fold = 0; fold < folds.count(); fold++) {
            for (int c = 0; c < choices.size(); c++) {
                Shrinkage choice = choices.get(c);
                double[] weights =
                        new SimplexFit(outputs, rowLoss, folds.others(fold), choice.sharpness).fit(choice.pull);
                for (int row : folds.held(fold)) {
                    losses[c][row] = loss(outputs, rowLoss, weights, row);
                }
            }
        }
        return choices.get(StandardErrorRule.simplest(losses, tried, groups, CLEARLY));
    }

    private static double loss(float[][] outputs, RowLoss rowLoss, double[] weights, int row) {
        double[] output = new double[rowLoss.width()];
        Combination.WEIGHTED_MEAN.row(outputs, weights, row * output.length, output);
        return rowLoss.at(row, output);
    }
}
