package org.metafusion.ensemble.committee;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Weights of a fixed set of students, not negative and of sum 1, that minimise
 * {@code mean_i loss(sum_s w_s o_s(i)) + pull * scale * m * |w - a|^2}: convex for both losses. {@code a} are weights
 * proportional to loss^-p on the rows, which is where the weights go under a strong pull: with a sharpness p of 1 nearly
 * all alike, with a large one only the best; {@code scale} is the loss with
 * these weights, so that a pull means the same whatever the targets' units; {@code m |w - a|^2} is about {@code m} for
 * one student alone.
 *
 * <p>Projected gradient descent with momentum (Beck and Teboulle, 2009), the step halved until the quadratic bound
 * holds, the momentum dropped whenever the objective rises.
 */
final class SimplexFit {

    private static final int MOST_STEPS = 300;
    private static final double ENOUGH = 1e-9;
    private static final double ROUNDING = 1e-12;

    private final float[][] outputs;
    private final RowLoss rowLoss;
    private final int[] rows;
    private final double[] anchor;
    private final double scale;

    /**
     * For students that see all the rows.
     *
     * @param outputs {@code [m][n * k]}
     * @param sharpness p, 1 or more
     */
    SimplexFit(float[][] outputs, RowLoss rowLoss, int[] rows, double sharpness) {
        this.outputs = outputs;
        this.rowLoss = rowLoss;
        this.rows = rows;
        this.anchor = anchor(sharpness);
        this.scale = Math.max(ROUNDING, loss(anchor, new double[outputs.length]));
    }

    /** Scaled by the lowest loss before the power is taken, so that none overflows. */
    private double[] anchor(double sharpness) {
        BitSet all = new BitSet();
        IntStream.of(rows).forEach(all::set);
        double[] weights = Arrays.stream(outputs)
                .mapToDouble(student -> Weighting.INVERSE_LOSS.of(rowLoss.mean(student, all)))
                .toArray();
        double largest = Arrays.stream(weights).max().orElseThrow();
        return GreedySelection.scaled(Arrays.stream(weights)
                .map(weight -> Math.pow(weight / largest, sharpness))
                .toArray());
    }

    /** The weights {@code [m]} under a pull of 0 or more. */
    double[] fit(double pull) {
        Point at = evaluate(anchor, pull);
        Point ahead = at;
        double momentum = 1;
        double size = 1 / scale;
        for (int i = 0; i < MOST_STEPS; i++) {
            Step step = descend(ahead, size, pull);
            size = step.size();
            double gain = at.objective() - step.to().objective();
            if (gain < 0 && momentum > 1) {
                momentum = 1;
                ahead = at;
                continue;
            }
            if (gain <= ENOUGH * scale && momentum == 1) {
                break;
            }
            double larger = gain <= ENOUGH * scale ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            ahead = larger == 1 ? step.to() : evaluate(beyond(at, step.to(), (momentum - 1) / larger), pull);
            at = step.to();
            momentum = larger;
        }
        return at.weights();
    }

    /** A projected gradient step from a point, of the given size or the first of its halves that the bound allows. */
    private Step descend(Point from, double size, double pull) {
        for (double tried = size; ; tried /= 2) {
            Point to = evaluate(projected(from, tried), pull);
            double bound = from.objective() + ROUNDING * Math.abs(from.objective());
            for (int s = 0; s < to.weights().length; s++) {
                double move = to.weights()[s] - from.weights()[s];
                bound += from.gradient()[s] * move + move * move / (2 * tried);
            }
            if (to.objective() <= bound || tried * scale < ROUNDING) {
                return new Step(to, tried);
            }
        }
    }

    private static double[] beyond(Point from, Point to, double share) {
        double[] weights = new double[to.weights().length];
        for (int s = 0; s < weights.length; s++) {
            weights[s] = to.weights()[s] + share * (to.weights()[s] - from.weights()[s]);
        }
        return weights;
    }

    private Point evaluate(double[] weights, double pull) {
        double[] gradient = new double[weights.length];
        double objective = loss(weights, gradient);
        double strength = pull * scale * weights.length;
        for (int s = 0; s < weights.length; s++) {
            double distance = weights[s] - anchor[s];
            objective += strength * distance * distance;
            gradient[s] += 2 * strength * distance;
        }
        return new Point(weights, objective, gradient);
    }

    /** The mean loss, and its gradient by the weights, which is added to. */
    private double loss(double[] weights, double[] gradient) {
        int width = rowLoss.width();
        double[] output = new double[width];
        double[] dOutput = new double[width];
        double loss = 0;
        for (int row : rows) {
            Arrays.fill(output, 0);
            for (int s = 0; s < weights.length; s++) {
                for (int c = 0; c < width; c++) {
                    output[c] += weights[s] * outputs[s][row * width + c];
                }
            }
            loss += rowLoss.at(row, output) / rows.length;
            rowLoss.gradient(row, output, dOutput);
            for (int s = 0; s < weights.length; s++) {
                double along = 0;
                for (int c = 0; c < width; c++) {
                    along += dOutput[c] * outputs[s][row * width + c];
                }
                gradient[s] += along / rows.length;
            }
        }
        return loss;
    }

    /** The point of the simplex nearest to {@code from - step * gradient} (Duchi et al., 2008). */
    private static double[] projected(Point from, double step) {
        int m = from.weights().length;
        double[] point = new double[m];
        for (int s = 0; s < m; s++) {
            point[s] = from.weights()[s] - step * from.gradient()[s];
        }
        double[] ascending = point.clone();
        Arrays.sort(ascending);
        double sum = 0;
        double threshold = 0;
        for (int i = 1; i <= m; i++) {
            sum += ascending[m - i];
            double candidate = (sum - 1) / i;
            if (ascending[m - i] > candidate) {
                threshold = candidate;
            }
        }
        for (int s = 0; s < m; s++) {
            point[s] = Math.max(0, point[s] - threshold);
        }
        return point;
    }

    /** Weights with the objective and its gradient there. */
    private record Point(double[] weights, double objective, double[] gradient) {}

    /** Where a step led and the size it was taken with. */
    private record Step(Point to, double size) {}
}
