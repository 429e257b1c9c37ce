package org.metafusion.core.tensor;

/**
 * The loss of a whole cohort and its gradient in one call.
 *
 * <p>Common to all: {@code outputs [n, k]} holds every student's outputs; {@code weights [n, 1]} (same members, or shared) is 1
 * where the student has the inputs it needs for a row and 0 where it lacks one, {@code n_s} their sum; a student with
 * {@code n_s = 0} gets loss 0 and gradient 0. {@code totals [1, 2]} (same members) is <em>added to</em>: column 0 the
 * sum over rows of the task loss, column 1 the sum of the divergence, unweighted by rho; divide by the rows seen for
 * means. {@code dOutputs} is the gradient of {@code task + rho * divergence}, both means over {@code n_s}; it is
 * overwritten.
 *
 * <p>The divergence of student {@code s} is {@code sum over peers j of d[s][j] D(s, j)} where a row counts only if
 * {@code j} has its inputs too. {@code divergence [students, students]} is a shared matrix whose row and column
 * {@code i} belong to matrix {@code i} of {@code outputs}. Peers are constants in a student's gradient.
 */
public interface LossKernels {

    /**
     * Cross-entropy of the logits plus, for {@code D = KL(p_j || p_s)} at temperature {@code T} (times {@code T^2}), the
     * mutual loss: {@code d/dLogits = (p - onehot + rho * T * sum_j d[s][j] (p_s^T - p_j^T)) / n_s}.
     *
     * @param labels shared {@code [n, 1]}, the class index as a float
     * @param mutual the divergence weights, rho and the temperature
     */
    void classification(Tensor dLogits, Tensor totals, Tensor logits, Tensor labels, Tensor weights, MutualTerm mutual);

    /**
     * Squared error, the mean over the outputs, plus {@code D = mean over the outputs of (f_s - f_j)^2}.
     *
     * @param targets shared {@code [n, k]}
     * @param mutual the divergence weights and rho; its temperature has no meaning here
     */
    void regression(Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights, MutualTerm mutual);

    /**
     * Cooperative learning of exactly two students (Ding et al. 2022): with {@code g = f_0 + f_1},
     * {@code 1/2 mean (y - g)^2 + rho/2 mean (f_0 - f_1)^2} for regression (means over rows and outputs), or
     * {@code cross-entropy(g) + rho/2 mean (f_0 - f_1)^2} for classification. A row counts only if both students have
     * their inputs. Totals: column 0 of both members the summed first term, column 1 the summed
     * {@code 1/2 mean over outputs (f_0 - f_1)^2}.
     *
     * @param targets shared: labels {@code [n, 1]} for classification, values {@code [n, k]} for regression
     */
    void cooperative(
            Tensor dOutputs,
            Tensor totals,
            Tensor outputs,
            Tensor targets,
            Tensor weights,
            float rho,
            boolean classification);

    /**
     * What a student learns from its peers.
     *
     * @param divergence divergence weights, shared {@code [students, students]}; not read where rho is 0
     * @param rho weight of the divergence, 0 for training alone
     * @param temperature of the softened distributions, 1 by default
     */
    record MutualTerm(Tensor divergence, float rho, float temperature) {}
}
