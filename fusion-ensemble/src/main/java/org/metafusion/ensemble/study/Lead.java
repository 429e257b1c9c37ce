package org.metafusion.ensemble.study;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * By how much one figure is above another, run by run; it is clear where its mean is more than two standard errors from 0.
 *
 * @param name which figures, in words
 * @param values one a run
 */
public record Lead(String name, double[] values) {

    public Lead {
        if (values.length == 0) {
            throw new IllegalArgumentException("A lead needs one run or more but '" + name + "' has none");
        }
    }

    /** Of {@code ahead} over {@code behind}, which are in the same order of runs. */
    public static Lead of(String name, double[] ahead, double[] behind) {
        double[] values = new double[ahead.length];
        Arrays.setAll(values, i -> ahead[i] - behind[i]);
        return new Lead(name, values);
    }

    public double mean() {
        return Arrays.stream(values).average().orElseThrow();
    }

    /** The mean's standard error, with n - 1 in the variance; NaN for a single run. */
    public double error() {
        double mean = mean();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    private boolean isAhead() {
        return mean() > 2 * error();
    }

    private boolean isBehind() {
        return mean() < -2 * error();
    }

    /** A claim that every lead is above 0: it held if all clearly are, failed if one is clearly below, else is open. */
    public static Finding ahead(Claim claim, List<Lead> leads, String words) {
        if (leads.stream().allMatch(Lead::isAhead)) {
            return Finding.of(claim, true, words);
        }
        return leads.stream().anyMatch(Lead::isBehind) ? Finding.of(claim, false, words) : Finding.open(claim, words);
    }

    /** A claim that no lead is below 0: it held if no mean is, failed if one clearly is, else is open. */
    public static Finding notBehind(Claim claim, List<Lead> leads, String words) {
        if (leads.stream().allMatch(lead -> lead.mean() >= 0)) {
            return Finding.of(claim, true, words);
        }
        return leads.stream().anyMatch(Lead::isBehind) ? Finding.of(claim, false, words) : Finding.open(claim, words);
    }

    /** Shares of one as points, such as {@code product over tensor +3.1 ± 0.4 points}. */
    public String points() {
        return values.length == 1
                ? String.format(Locale.ROOT, "%s %+.1f points", name, 100 * mean())
                : String.format(Locale.ROOT, "%s %+.1f ± %.1f points", name, 100 * mean(), 100 * error());
    }

    /** Other figures, such as {@code early over late +0.412 ± 0.020}. */
    public String figures() {
        return values.length == 1
                ? String.format(Locale.ROOT, "%s %+.3g", name, mean())
                : String.format(Locale.ROOT, "%s %+.3g ± %.2g", name, mean(), error());
    }

    /** All of them by {@link #points}. */
    public static String points(List<Lead> leads) {
        return String.join(", ", leads.stream().map(Lead::points).toList());
    }

    /** All of them by {@link #figures}. */
    public static String figures(List<Lead> leads) {
        return String.join(", ", leads.stream().map(Lead::figures).toList());
    }
}
