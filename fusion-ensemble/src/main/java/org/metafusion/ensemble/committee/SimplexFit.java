package org.metafusion.ensemble.committee;

import java.util.Arrays;

/**
 * Weights of a fixed set of students, not negative and of sum 1, that minimise
 * {@code mean_i loss(sum_s w_s o_s(i)) + pull * scale * m * |w - 1/m|^2}: convex for both losses. {@code scale} is the
 * loss of the plain average, so that a pull means the same whatever the targets' units; {@code m |w - 1/m|^2} is 0 for
 * the plain average and {@code m - 1} for one student alone.
 *
 * <p>Projected gradient descent with momentum (Beck and Teboulle, 2009), the step halved until the quadratic bound
 * holds, the momentum dropped whenever the objective rises.
 */
final class SimplexFit {

    private static final int MOST_STEPS = 300;
    private static final double ENOUGH = 1e-9;

    private final float[][] outputs;
    private final RowLoss rowLoss;
    private final int[] rows;
    private final double scale;

    /**
     * For students that see all the rows.
     *
     * @param outputs {@code [m][n * k]}
     */
    SimplexFit(float[][] outputs, RowLoss rowLoss, int[] rows) {
        this.outputs = outputs;
        this.rowLoss = rowLoss;
        this.rows = rows;
        this.scale = Math.max(1e-12, loss(equal(), new double[outputs.length]));
    }

    private double[] equal() {
        double[] weights = new double[outputs.length];
        Arrays.fill(weights, 1.0 / outputs.length);
        return weights;
    }

    /** The weights {@code [m]} under a pull towards the plain average, 0 or more. */
    double[] fit(double pull) {
        double[] weights = equal();
        double[] ahead = weights.clone();
        double[] gradient = new double[weights.length];
        double objective = objective(weights, pull, gradient);
        double momentum = 1;
        double step = 1 / scale;
        for (int i = 0; i < MOST_STEPS; i++) {
            double aheadObjective = objective(ahead, pull, gradient);
            double[] next;
            double nextObjective;
            double[] unused = new double[weights.length];
            do {
                next = projected(ahead, gradient, step);
                nextObjective = objective(next, pull, unused);
                step /= 2;
            } while (nextObjective > bound(aheadObjective, ahead, gradient, next, 2 * step) && step > 1e-12 / scale);
            step *= 2;
            if (nextObjective > objective) {
                if (momentum == 1) {
                    break;
                }
                momentum = 1;
                ahead = weights.clone();
                continue;
            }
            double larger = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            for (int s = 0; s < weights.length; s++) {
                ahead[s] = next[s] + (momentum - 1) / larger * (next[s] - weights[s]);
            }
            momentum = larger;
            boolean done = objective - nextObjective <= ENOUGH * scale && i > 5;
            weights = next;
            objective = nextObjective;
            if (done) {
                break;
            }
        }
        return weights;
    }

    private static double bound(double objective, double[] from, double[] gradient, double[] to, double step) {
        double bound = objective + 1e-12 * Math.abs(objective);
        for (int s = 0; s < from.length; s++) {
            double move = to[s] - from[s];
            bound += gradient[s] * move + move * move / (2 * step);
        }
        return bound;
    }

    private double objective(double[] weights, double pull, double[] gradient) {
        double objective = loss(weights, gradient);
        double strength = pull * scale * weights.length;
        for (int s = 0; s < weights.length; s++) {
            double distance = weights[s] - 1.0 / weights.length;
            objective += strength * distance * distance;
            gradient[s] += 2 * strength * distance;
        }
        return objective;
    }

    /** The mean loss, and its gradient by the weights, which is overwritten. */
    private double loss(double[] weights, double[] gradient) {
        int width = rowLoss.width();
        double[] output = new double[width];
        double[] dOutput = new double[width];
        double loss = 0;
        Arrays.fill(gradient, 0);
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
    private static double[] projected(double[] from, double[] gradient, double step) {
        int m = from.length;
        double[] point = new double[m];
        for (int s = 0; s < m; s++) {
            point[s] = from[s] - step * gradient[s];
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
}
