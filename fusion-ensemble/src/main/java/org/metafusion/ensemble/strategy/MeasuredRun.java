package org.metafusion.ensemble.strategy;

import java.util.List;

/**
 * One of several runs of strategies, each on rows divided in its own way.
 *
 * @param name of what differs between runs, such as {@code fold 3}
 * @param outcomes one a strategy, that of the whole method last
 */
public record MeasuredRun(
        String name, long seed, int trainRows, int testRows, double seconds, List<StrategyOutcome> outcomes) {

    public MeasuredRun {
        outcomes = List.copyOf(outcomes);
    }
}
