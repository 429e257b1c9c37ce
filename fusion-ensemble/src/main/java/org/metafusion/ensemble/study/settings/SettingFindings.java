package org.metafusion.ensemble.study.settings;

import java.util.List;
import java.util.Locale;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Lead;

/**
 * What the errors at the paper's noise ratio say about the claims: a lead is the logarithm of the ratio of two errors on the
 * same data, since the errors themselves differ more between seeds than between strategies.
 */
final class SettingFindings {

    private final List<Reached> reached;

    SettingFindings(List<Reached> reached) {
        this.reached = reached;
    }

    Finding ahead(Claim claim, String strategy, List<String> others) {
        List<Lead> leads = others.stream().map(other -> lead(strategy, other)).toList();
        return Lead.ahead(claim, leads, words(strategy, others));
    }

    Finding notBehind(Claim claim, String strategy, String other) {
        return Lead.notBehind(claim, List.of(lead(strategy, other)), words(strategy, List.of(other)));
    }

    private Lead lead(String strategy, String other) {
        return Lead.of(strategy + " over " + other, logarithms(other), logarithms(strategy));
    }

    private double[] logarithms(String strategy) {
        double[] errors = errors(strategy);
        java.util.Arrays.setAll(errors, i -> Math.log(errors[i]));
        return errors;
    }

    private double[] errors(String strategy) {
        return reached.stream()
                .filter(r -> r.extraNoise() == 0 && r.strategy().equals(strategy))
                .mapToDouble(Reached::mse)
                .toArray();
    }

    private String words(String strategy, List<String> others) {
        String figures = String.join(", ", others.stream().map(this::mean).toList());
        return "Mean squared error: " + mean(strategy) + ", " + figures + ".";
    }

    private String mean(String strategy) {
        double mean = java.util.Arrays.stream(errors(strategy)).average().orElseThrow();
        return String.format(Locale.ROOT, "%s %.4g", strategy, mean);
    }
}
