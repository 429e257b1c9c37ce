package org.metafusion.ensemble.committee;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Stacking: a meta learner fitted to the kept students' outputs on the <em>validation</em> rows (on training rows the
 * students that overfit most would look best).
 *
 * <p>The meta learner is one weight a student, not negative and of sum 1 (Breiman's stacked regressions, 1996; for
 * classes the same on logits), pulled by an L2 penalty towards the weights of the weighted average. Chosen over a free
 * ridge or multinomial logistic regression because those have {@code m k^2} coefficients, correlated inputs and nothing
 * sensible to shrink to: with fifty rows they collapse, where this one becomes the weighted average. It also leaves a
 * student out without refitting. The pull is the strongest whose 5-fold cross-validated loss is within one standard
 * error of the lowest. See {@link SimplexFit} for the objective.
 */
final class StackedSelection implements CommitteeSelection {

    private static final double[] PULLS = {10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001};
    private static final int FOLDS = 5;
    private static final int MOST_CROSS_VALIDATED = 2000;

    private final SelectionOptions options;

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
        double pull = pool.length == 1 || rows.length < FOLDS ? PULLS[0] : choosePull(outputs, rowLoss, rows);
        Committee unscored = committee(pool, new SimplexFit(outputs, rowLoss, rows).fit(pull), pull);
        return new CommitteeLoss(validation).scored(ranking.rows(), unscored);
    }

    private static Committee committee(int[] pool, double[] weights, double pull) {
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
                        "stacking gave %d of the best %d students a weight (pull towards the weighted average %s)",
                        positive.length,
                        pool.length,
                        pull));
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

    private double choosePull(float[][] outputs, RowLoss rowLoss, int[] rows) {
        int[] tried = Folds.sample(rows, MOST_CROSS_VALIDATED, options.seed());
        Folds folds = new Folds(tried, FOLDS, options.seed());
        double[][] losses = new double[PULLS.length][outputs[0].length / rowLoss.width()];
        for (int fold = 0; fold < folds.count(); fold++) {
            SimplexFit fit = new SimplexFit(outputs, rowLoss, folds.others(fold));
            for (int p = 0; p < PULLS.length; p++) {
                double[] weights = fit.fit(PULLS[p]);
                for (int row : folds.held(fold)) {
                    losses[p][row] = loss(outputs, rowLoss, weights, row);
                }
            }
        }
        return PULLS[StandardErrorRule.simplest(losses, tried)];
    }

    private static double loss(float[][] outputs, RowLoss rowLoss, double[] weights, int row) {
        double[] output = new double[rowLoss.width()];
        Combination.WEIGHTED_MEAN.row(outputs, weights, row * output.length, output);
        return rowLoss.at(row, output);
    }
}
