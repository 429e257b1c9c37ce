package org.metafusion.training.balance;

/**
 * On-the-fly gradient modulation (Peng et al. 2022, OGM-GE): the modality that says more of the truth than the others
 * learns more slowly.
 *
 * <p>With {@code s_m} the sum over a batch of the true class's probability when modality {@code m} alone is there, and
 * {@code ratio_m = s_m / mean of the other modalities' s}:
 *
 * <pre>
 * k_m = 1 - tanh(alpha ratio_m)   where ratio_m > 1,   else 1
 * </pre>
 *
 * The paper has two modalities, where the mean of the others is the other one; for more it is silent, and the mean keeps
 * these properties: {@code k_m} is in [0, 1], the modality with the lowest score always has 1, one at least is slowed down
 * unless all scores are equal, and among those slowed down the more dominant one is slowed down more.
 *
 * @param alpha strength, above 0
 */
public record OnTheFlyModulation(double alpha) {

    public OnTheFlyModulation {
        if (!(alpha > 0)) {
            throw new IllegalArgumentException("alpha must be above 0 but is " + alpha);
        }
    }

    /**
     * One coefficient a modality.
     *
     * @param scores {@code s_m}, not negative
     */
    public double[] coefficients(double[] scores) {
        double[] coefficients = new double[scores.length];
        double sum = 0;
        for (double score : scores) {
            sum += score;
        }
        for (int m = 0; m < scores.length; m++) {
            double others = (sum - scores[m]) / (scores.length - 1);
            boolean dominant = scores.length > 1 && scores[m] > others;
            coefficients[m] = dominant ? 1 - Math.tanh(alpha * scores[m] / others) : 1;
        }
        return coefficients;
    }
}
