package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The losses of a cohort in double precision, straight from the formulas: a loop over students, peers and rows.
 *
 * <p>{@code outputs} holds one {@code [n, k]} matrix a student, {@code weights} one {@code [n, 1]} matrix of zeros and
 * ones. The gradient of student {@code s} is that of {@code task_s + rho * divergence_s}, means over the {@code n_s}
 * rows it has weight in, with its peers constant.
 */
public final class LossReference {

    private LossReference() {}

    /**
     * A cohort's loss.
     *
     * @param dOutputs one gradient a student
     * @param task the task loss summed over the rows, one a student
     * @param divergence the divergence summed over the rows, unweighted by rho, one a student
     */
    public record Loss(List<Matrix> dOutputs, double[] task, double[] divergence) {

        static Loss zeros(List<Matrix> outputs) {
            List<Matrix> gradients = new ArrayList<>();
            outputs.forEach(output -> gradients.add(Matrix.zeros(output.rows(), output.cols())));
            return new Loss(gradients, new double[outputs.size()], new double[outputs.size()]);
        }
    }

    /**
     * What a student learns from its peers.
     *
     * @param divergence d, {@code [students, students]}; not read where rho is 0
     */
    public record Mutual(Matrix divergence, double rho, double temperature) {

        double weight(int student, int peer) {
            return rho == 0 || peer == student ? 0 : divergence.get(student, peer);
        }
    }

    /** {@code CE(logits_s, labels) + rho sum_j d[s][j] T^2 KL(p_j || p_s)}, {@code p = softmax(logits / T)}. */
    public static Loss classification(List<Matrix> logits, Matrix labels, List<Matrix> weights, Mutual mutual) {
        Loss loss = Loss.zeros(logits);
        double temperature = mutual.temperature;
        for (int s = 0; s < logits.size(); s++) {
            double rows = total(weights.get(s));
            for (int i = 0; i < labels.rows(); i++) {
                if (weights.get(s).get(i, 0) == 0) {
                    continue;
                }
                double[] log = logSoftmax(logits.get(s), i, 1);
                int label = (int) labels.get(i, 0);
                loss.task[s] -= log[label];
                for (int c = 0; c < log.length; c++) {
                    loss.dOutputs.get(s).add(i, c, (Math.exp(log[c]) - (c == label ? 1 : 0)) / rows);
                }
                double[] logS = logSoftmax(logits.get(s), i, temperature);
                for (int j = 0; j < logits.size(); j++) {
                    double d = mutual.weight(s, j) * weights.get(j).get(i, 0);
                    double[] logJ = logSoftmax(logits.get(j), i, temperature);
                    for (int c = 0; c < log.length && d != 0; c++) {
                        double pJ = Math.exp(logJ[c]);
                        loss.divergence[s] += d * temperature * temperature * pJ * (logJ[c] - logS[c]);
                        double gradient = mutual.rho * temperature * d * (Math.exp(logS[c]) - pJ);
                        loss.dOutputs.get(s).add(i, c, gradient / rows);
                    }
                }
            }
        }
        return loss;
    }

    /** {@code mean over outputs (f_s - y)^2 + rho sum_j d[s][j] mean over outputs (f_s - f_j)^2}. */
    public static Loss regression(List<Matrix> outputs, Matrix targets, List<Matrix> weights, Mutual mutual) {
        Loss loss = Loss.zeros(outputs);
        int width = targets.cols();
        for (int s = 0; s < outputs.size(); s++) {
            double rows = total(weights.get(s));
            for (int i = 0; i < targets.rows(); i++) {
                if (weights.get(s).get(i, 0) == 0) {
                    continue;
                }
                for (int c = 0; c < width; c++) {
                    double output = outputs.get(s).get(i, c);
                    double error = output - targets.get(i, c);
                    loss.task[s] += error * error / width;
                    loss.dOutputs.get(s).add(i, c, 2 * error / width / rows);
                    for (int j = 0; j < outputs.size(); j++) {
                        double d = mutual.weight(s, j) * weights.get(j).get(i, 0);
                        double difference = output - outputs.get(j).get(i, c);
                        loss.divergence[s] += d * difference * difference / width;
                        loss.dOutputs.get(s).add(i, c, mutual.rho * d * 2 * difference / width / rows);
                    }
                }
            }
        }
        return loss;
    }

    /**
     * Cooperative learning of two students, {@code g = f_0 + f_1}: {@code 1/2 mean (y - g)^2} or
     * {@code cross-entropy(g)}, plus {@code rho / 2 mean (f_0 - f_1)^2}, over the rows both have weight in. Both
     * students' sums hold the first term and {@code 1/2 mean over outputs (f_0 - f_1)^2}.
     */
    public static Loss cooperative(
            List<Matrix> outputs, Matrix targets, List<Matrix> weights, double rho, boolean classification) {
        Loss loss = Loss.zeros(outputs);
        Matrix both = product(weights.get(0), weights.get(1));
        double rows = total(both);
        for (int i = 0; i < both.rows(); i++) {
            if (both.get(i, 0) == 0) {
                continue;
            }
            double[] dSum =
                    classification ? crossEntropy(outputs, targets, i, loss) : halfSquares(outputs, targets, i, loss);
            for (int c = 0; c < dSum.length; c++) {
                double difference = outputs.get(0).get(i, c) - outputs.get(1).get(i, c);
                double agreement = difference * difference / 2 / dSum.length;
                double pull = rho * difference / dSum.length;
                for (int s = 0; s < 2; s++) {
                    loss.divergence[s] += agreement;
                    loss.dOutputs.get(s).add(i, c, (dSum[c] + (s == 0 ? pull : -pull)) / rows);
                }
            }
        }
        return loss;
    }

    /** Adds a row's cross-entropy of the summed logits to both students; gives its gradient. */
    private static double[] crossEntropy(List<Matrix> outputs, Matrix labels, int row, Loss loss) {
        Matrix sum = Matrix.zeros(1, outputs.get(0).cols());
        for (int c = 0; c < sum.cols(); c++) {
            sum.set(0, c, outputs.get(0).get(row, c) + outputs.get(1).get(row, c));
        }
        double[] log = logSoftmax(sum, 0, 1);
        int label = (int) labels.get(row, 0);
        double[] gradient = new double[log.length];
        for (int c = 0; c < log.length; c++) {
            gradient[c] = Math.exp(log[c]) - (c == label ? 1 : 0);
        }
        loss.task[0] -= log[label];
        loss.task[1] -= log[label];
        return gradient;
    }

    /** Adds a row's {@code 1/2 mean over outputs (y - g)^2} to both students; gives its gradient. */
    private static double[] halfSquares(List<Matrix> outputs, Matrix targets, int row, Loss loss) {
        double[] gradient = new double[targets.cols()];
        for (int c = 0; c < gradient.length; c++) {
            double error = outputs.get(0).get(row, c) + outputs.get(1).get(row, c) - targets.get(row, c);
            gradient[c] = error / gradient.length;
            loss.task[0] += error * error / 2 / gradient.length;
            loss.task[1] += error * error / 2 / gradient.length;
        }
        return gradient;
    }

    /** {@code log softmax(logits / T)} of one row, shifted by the largest logit so that nothing overflows. */
    private static double[] logSoftmax(Matrix logits, int row, double temperature) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < logits.cols(); c++) {
            largest = Math.max(largest, logits.get(row, c));
        }
        double sum = 0;
        double[] log = new double[logits.cols()];
        for (int c = 0; c < log.length; c++) {
            log[c] = (logits.get(row, c) - largest) / temperature;
            sum += Math.exp(log[c]);
        }
        for (int c = 0; c < log.length; c++) {
            log[c] -= Math.log(sum);
        }
        return log;
    }

    private static Matrix product(Matrix left, Matrix right) {
        Matrix product = left.copy();
        for (int i = 0; i < left.rows(); i++) {
            product.set(i, 0, left.get(i, 0) * right.get(i, 0));
        }
        return product;
    }

    private static double total(Matrix weights) {
        double total = 0;
        for (double weight : weights.values()) {
            total += weight;
        }
        return total;
    }
}
