package org.metafusion.ensemble.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a key mattered.
 *
 * @param share of the variance between trials that lies between the key's values, in [0, 1], less what chance gives it
 *     (omega squared)
 * @param values the mean excess of the trials with each value, best first
 */
public record Influence(String key, double share, List<ValueEffect> values) {

    /** Stands for what a trial does not set. */
    private static final String AS_CONFIGURED = "as configured";

    /** @param trials that had the value */
    public record ValueEffect(String value, int trials, double excess) {}

    /**
     * Of every key that more trials drew than it has values, the greatest share first; of fewer, a share would be chance.
     * Trial 0, which sets nothing, and trials that failed are left out.
     */
    static List<Influence> of(SearchSpace space, List<TrialResult> results) {
        List<TrialResult> drawn = results.stream()
                .filter(r -> r.trial().number() > 0 && Double.isFinite(r.excess()))
                .toList();
        List<Influence> influences = new ArrayList<>();
        if (drawn.size() < 2) {
            return influences;
        }
        double mean = drawn.stream().mapToDouble(TrialResult::excess).average().orElseThrow();
        double total = drawn.stream()
                .mapToDouble(r -> (r.excess() - mean) * (r.excess() - mean))
                .sum();
        for (Dimension dimension : space.dimensions()) {
            Map<String, List<TrialResult>> byValue = new LinkedHashMap<>();
            drawn.forEach(r -> byValue.computeIfAbsent(
                            r.trial().settings().getOrDefault(dimension.key(), AS_CONFIGURED), v -> new ArrayList<>())
                    .add(r));
            List<ValueEffect> effects = new ArrayList<>();
            byValue.forEach((value, of) -> effects.add(new ValueEffect(
                    value,
                    of.size(),
                    of.stream().mapToDouble(TrialResult::excess).average().orElseThrow())));
            effects.sort(Comparator.comparingDouble(ValueEffect::excess));
            double between = effects.stream()
                    .mapToDouble(e -> e.trials() * (e.excess() - mean) * (e.excess() - mean))
                    .sum();
            int rest = drawn.size() - effects.size();
            if (rest > 0) {
                influences.add(new Influence(
                        dimension.key(), omegaSquared(between, total, effects.size() - 1, rest), effects));
            }
        }
        influences.sort(Comparator.comparingDouble(Influence::share).reversed());
        return influences;
    }

    /** Omega squared of sums of squares with so many degrees of freedom between and within values, 0 or more. */
    private static double omegaSquared(double between, double total, int betweenFreedom, int withinFreedom) {
        double noise = (total - between) / withinFreedom;
        return total == 0 ? 0 : Math.max(0, (between - betweenFreedom * noise) / (total + noise));
    }
}
