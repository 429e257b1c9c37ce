package org.metafusion.ensemble.committee;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.metafusion.core.modality.RowGroups;
import org.metafusion.core.modality.Targets;
import org.metafusion.ensemble.metric.PairedDifference;

/**
 * Temperature scaling (Guo et al., 2017): the number T by which a committee's logits are divided so that the log loss of
 * its probabilities on validation rows is lowest. The most probable class stays the same.
 *
 * <p>Where the validation rows are all right, the log loss alone would drive T to 0, so the sum of losses is minimised
 * together with {@code (ln T)^2 / (2 d^2)}, d = {@value #DEVIATION}: a prior that a few rows cannot overrule and many rows
 * do not feel. T is searched in 1/{@value #LIMIT} .. {@value #LIMIT}, on a grid of ln T and then by golden section around
 * its best point. Of the temperatures from 1 to there the first is taken whose mean loss is within one standard error of
 * the best: the committee was selected on the same rows, which makes it look surer than it is, so T moves away from 1 only
 * as far as the rows make sure. The loss is never above that at T = 1; if it were, T stays 1.
 */
public final class Temperature {

    private static final int FEWEST_ROWS = 20;
    private static final double LIMIT = 4;
    private static final double DEVIATION = 0.5;
    private static final int GRID = 16;
    private static final int STEPS = 40;
    private static final int SHARES = 20;

    private Temperature() {}

    /**
     * The committee with the temperature that fits its outputs on the validation rows its members see; 1 for values, and
     * where there are fewer than {@value #FEWEST_ROWS} such rows.
     *
     * @param validation in which the committee's members are numbered
     */
    public static Committee calibrate(Committee committee, ValidationOutputs validation) {
        if (!(validation.targets() instanceof Targets.Labels)) {
            return committee;
        }
        CommitteeLoss loss = new CommitteeLoss(validation);
        double[][] logits = new double[validation.rows()][validation.width()];
        int[] rows = IntStream.range(0, validation.rows())
                .filter(row -> loss.combine(row, committee, logits[row]))
                .toArray();
        return rows.length < FEWEST_ROWS ? committee : committee.at(fit(logits, rows, validation));
    }

    private static double fit(double[][] logits, int[] rows, ValidationOutputs validation) {
        RowLoss rowLoss = RowLoss.of(validation.targets());
        DoubleUnaryOperator objective =
                log -> total(logits, rows, rowLoss, log) + log * log / (2 * DEVIATION * DEVIATION);
        double least = -Math.log(LIMIT);
        double step = -2 * least / GRID;
        double best = 0;
        double lowest = objective.applyAsDouble(0);
        for (int i = 0; i <= GRID; i++) {
            double value = objective.applyAsDouble(least + i * step);
            if (value < lowest) {
                lowest = value;
                best = least + i * step;
            }
        }
        double found = golden(objective, Math.max(least, best - step), Math.min(-least, best + step));
        List<String> groups = RowGroups.of(rows, validation.groups());
        double sure = nearest(found, groups, log -> losses(logits, rows, rowLoss, log));
        boolean helps = total(logits, rows, rowLoss, sure) <= total(logits, rows, rowLoss, 0);
        return helps ? Math.exp(sure) : 1;
    }

    /**
     * The logarithm nearest to 0, on the way to that of the best T, whose loss is within a standard error of the best.
     *
     * @param groups of the rows; empty where they are independent
     * @param losses of the rows at a logarithm
     */
    private static double nearest(double best, List<String> groups, DoubleFunction<double[]> losses) {
        double[] lowest = losses.apply(best);
        BitSet all = new BitSet();
        all.set(0, lowest.length);
        for (int i = 0; i < SHARES; i++) {
            double log = best * i / SHARES;
            if (!PairedDifference.of(losses.apply(log), lowest, all, groups).exceeds(1)) {
                return log;
            }
        }
        return best;
    }

    /** The sum of the rows' losses at T = exp(log). */
    private static double total(double[][] logits, int[] rows, RowLoss rowLoss, double log) {
        return Arrays.stream(losses(logits, rows, rowLoss, log)).sum();
    }

    private static double[] losses(double[][] logits, int[] rows, RowLoss rowLoss, double log) {
        double scale = Math.exp(-log);
        double[] scaled = new double[rowLoss.width()];
        double[] losses = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < scaled.length; c++) {
                scaled[c] = logits[rows[i]][c] * scale;
            }
            losses[i] = rowLoss.at(rows[i], scaled);
        }
        return losses;
    }

    /** The lowest point between two, for a function that falls and then rises there. */
    private static double golden(DoubleUnaryOperator function, double from, double to) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = from;
        double high = to;
        double left = high - ratio * (high - low);
        double right = low + ratio * (high - low);
        double atLeft = function.applyAsDouble(left);
        double atRight = function.applyAsDouble(right);
        for (int i = 0; i < STEPS; i++) {
            if (atLeft <= atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - ratio * (high - low);
                atLeft = function.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + ratio * (high - low);
                atRight = function.applyAsDouble(right);
            }
        }
        return (low + high) / 2;
    }
}
