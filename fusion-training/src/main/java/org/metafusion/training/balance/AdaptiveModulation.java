package org.metafusion.training.balance;

/**
 * Adaptive gradient modulation (Li et al. 2023, AGM) of one student: a modality that is more dominant than it is on
 * average learns more slowly, and one that is less so faster.
 *
 * <p>With {@code s_m} the cross-entropy of the logits that the Shapley value attributes to modality {@code m} (see
 * {@link Coalitions#shapley}), {@code n} modalities and {@code S_m} the mean of {@code s_m} over all steps up to this one:
 *
 * <pre>
 * r_m     = exp(n / (n - 1) (mean s - s_m))      above 1 where m is better than the others
 * tau_m   = exp(n / (n - 1) (mean S - S_m))      the same on average
 * kappa_m = exp(alpha min(tau_m - r_m, cap))
 * </pre>
 *
 * {@code n / (n - 1) (mean s - s_m)}, the <em>dominance</em> of {@code m}, is the mean of the others' cross-entropies less
 * its own. Since the mean is linear, {@code kappa_m < 1} exactly where the dominance is above its own average. The first
 * step has {@code kappa = 1}.
 */
public final class AdaptiveModulation {

    /** Dominances beyond would overflow. */
    private static final double MOST = 300;

    private final double alpha;
    private final double cap;
    private final double[] sums;
    private int steps;

    /**
     * Before the first step.
     *
     * @param modalities how many, 2 or more
     * @param alpha strength, above 0
     * @param cap of {@code tau - r}, above 0: no modality is speeded up by more than {@code exp(alpha cap)}
     */
    public AdaptiveModulation(int modalities, double alpha, double cap) {
        if (modalities < 2 || !(alpha > 0) || !(cap > 0)) {
            throw new IllegalArgumentException("2 modalities or more, alpha above 0 and cap above 0 are needed but got "
                    + modalities + ", " + alpha + " and " + cap);
        }
        this.alpha = alpha;
        this.cap = cap;
        this.sums = new double[modalities];
    }

    /**
     * One coefficient a modality for this step, which the averages then contain.
     *
     * @param crossEntropies {@code s_m}
     */
    public double[] coefficients(double[] crossEntropies) {
        steps++;
        double[] means = new double[sums.length];
        for (int m = 0; m < sums.length; m++) {
            sums[m] += crossEntropies[m];
            means[m] = sums[m] / steps;
        }
        double[] now = dominance(crossEntropies);
        double[] average = dominance(means);
        double[] coefficients = new double[sums.length];
        for (int m = 0; m < sums.length; m++) {
            double less = steps == 1 ? 0 : bounded(average[m]) - bounded(now[m]);
            coefficients[m] = Math.exp(alpha * Math.min(less, cap));
        }
        return coefficients;
    }

    private static double bounded(double dominance) {
        return Math.exp(Math.min(dominance, MOST));
    }

    /** {@code n / (n - 1) (mean s - s_m)} a modality: the mean of the others less its own. */
    public static double[] dominance(double[] crossEntropies) {
        int n = crossEntropies.length;
        double sum = 0;
        for (double s : crossEntropies) {
            sum += s;
        }
        double[] dominance = new double[n];
        for (int m = 0; m < n; m++) {
            dominance[m] = (sum - crossEntropies[m]) / (n - 1) - crossEntropies[m];
        }
        return dominance;
    }
}
