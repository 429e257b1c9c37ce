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
 * @param judgedOn the validation rows that is the mean of
 * @param metrics test metrics by name, in the order of a table; empty without test rows
 * @param measuredOn the test rows they are of
 * @param answers what was said of each test row; kept of the whole method's committee alone
 */
public record StrategyOutcome(
        String name,
        String detail,
        double validationLoss,
        Reach judgedOn,
        Map<String, Double> metrics,
        Reach measuredOn,
        Optional<AnsweredRows> answers) {

    /** Of validation rows alone. */
    public static StrategyOutcome judged(String name, String detail, double validationLoss, Reach judgedOn) {
        return new StrategyOutcome(name, detail, validationLoss, judgedOn, Map.of(), Reach.NONE, Optional.empty());
    }
}
