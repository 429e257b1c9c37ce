package org.metafusion.ensemble.strategy;

import java.util.Map;

/**
 * One way to fuse and how well it did.
 *
 * @param name for tables, such as {@code early} or {@code committee}
 * @param detail which student or students it is, in words
 * @param validationLoss task loss on the validation rows
 * @param metrics test metrics by name, in the order of a table; empty without test rows
 */
public record StrategyOutcome(String name, String detail, double validationLoss, Map<String, Double> metrics) {}
