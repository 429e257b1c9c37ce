package org.metafusion.ensemble.strategy;

import java.util.Map;
import java.util.Optional;
import org.metafusion.ensemble.model.AnsweredRows;

/**
 * One way to fuse and how well it did.
 *
 * @param name for tables, such as {@code early} or {@code committee}
 * @param detail which student or students it is, in words
 * @param validationLoss task loss on the validation rows
 * @param metrics test metrics by name, in the order of a table; empty without test rows
 * @param answers what was said of each test row; kept of the whole method's committee alone
 */
public record StrategyOutcome(
        String name,
        String detail,
        double validationLoss,
        Map<String, Double> metrics,
        Optional<AnsweredRows> answers) {

    /** An outcome of which only the metrics are kept. */
    public StrategyOutcome(String name, String detail, double validationLoss, Map<String, Double> metrics) {
        this(name, detail, validationLoss, metrics, Optional.empty());
    }
}
