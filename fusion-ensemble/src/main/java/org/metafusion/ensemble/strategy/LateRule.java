package org.metafusion.ensemble.strategy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.metafusion.core.modality.Task;

/**
 * A rule of late fusion: how the predictions of the modalities alone become one.
 *
 * @param name for tables
 * @param detail what it does, in words
 */
record LateRule(String name, String detail, Mixture mixture) {

    /**
     * The rules for a task: mean and weighted mean; for classes also product of experts, maximum and vote. For values
     * a product of experts (of Gaussians, precisions from the validation losses) is the weighted mean, a maximum means
     * nothing, and the vote is the median, which needs three modalities to be another thing than the mean.
     *
     * @param losses of the modalities alone on validation rows; weights are proportional to their inverses
     */
    static List<LateRule> of(Task task, double[] losses) {
        List<LateRule> rules =
                new ArrayList<>(List.of(new LateRule("late", "mean of the modalities alone", Mixture.AVERAGE)));
        if (Arrays.stream(losses).allMatch(loss -> loss > 0 && Double.isFinite(loss))) {
            double[] weights = Arrays.stream(losses).map(loss -> 1 / loss).toArray();
            rules.add(new LateRule("late weighted", "mean weighted by 1 / validation loss", Mixture.weighted(weights)));
        }
        if (task instanceof Task.Classification) {
            rules.add(new LateRule("late product", "product of experts", Mixture.SUM));
            rules.add(new LateRule("late max", "largest probability of each class", Mixture.MAXIMUM));
            rules.add(new LateRule("late vote", "vote of the modalities alone", Mixture.VOTE));
        } else if (losses.length > 2) {
            rules.add(new LateRule("late median", "median of the modalities alone", Mixture.MEDIAN));
        }
        return rules;
    }
}
