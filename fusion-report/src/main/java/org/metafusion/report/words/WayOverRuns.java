package org.metafusion.report.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.ensemble.strategy.Reach;
import org.metafusion.ensemble.strategy.StrategyOutcome;

/**
 * A way to fuse over several runs.
 *
 * @param outcomes one a run that knows it
 * @param runs how many there are
 * @param reach the test rows it was measured on, of those of all runs
 */
public record WayOverRuns(String name, List<StrategyOutcome> outcomes, int runs, Reach reach) {

    public WayOverRuns {
        outcomes = List.copyOf(outcomes);
    }

    /** All ways in order of first appearance, the committee last. */
    public static List<WayOverRuns> of(List<MeasuredRun> runs) {
        Map<String, List<StrategyOutcome>> byName = new LinkedHashMap<>();
        for (MeasuredRun run : runs) {
            run.outcomes()
                    .forEach(outcome -> byName.computeIfAbsent(outcome.name(), name -> new ArrayList<>())
                            .add(outcome));
        }
        List<StrategyOutcome> committee = byName.remove(Comparison.COMMITTEE);
        if (committee != null) {
            byName.put(Comparison.COMMITTEE, committee);
        }
        int rows = runs.stream().mapToInt(MeasuredRun::testRows).sum();
        return byName.entrySet().stream()
                .map(way -> new WayOverRuns(
                        way.getKey(), way.getValue(), runs.size(), new Reach(measured(way.getValue()), rows)))
                .toList();
    }

    private static int measured(List<StrategyOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !outcome.metrics().isEmpty())
                .mapToInt(outcome -> outcome.measuredOn().rows())
                .sum();
    }

    /** Whether it was measured at all. */
    public boolean isMeasured() {
        return reach.rows() > 0;
    }

    /** Whether it was measured on every test row of every run, so that it compares with what was as well. */
    public boolean isOnAllRows() {
        return reach.isWhole();
    }

    /** A metric in each run that measured it. */
    public Spread spread(String metric) {
        return new Spread(outcomes.stream()
                .flatMap(outcome -> Stream.ofNullable(outcome.metrics().get(metric)))
                .toList());
    }

    /** What it was measured on less than everything, such as {@code 45 of 60 rows}; empty if on everything. */
    public String note() {
        List<Reach> reaches = outcomes.stream()
                .filter(outcome -> !outcome.metrics().isEmpty())
                .map(StrategyOutcome::measuredOn)
                .toList();
        List<String> parts = new ArrayList<>();
        if (reaches.size() < runs) {
            parts.add(reaches.size() + " of " + runs + " runs");
        }
        Reach together = reaches.stream().reduce(Reach.NONE, Reach::plus);
        if (!together.isWhole()) {
            boolean alike = reaches.stream().distinct().count() == 1;
            parts.add(alike ? Figures.share(reaches.get(0), "") : Figures.share(together, "") + " in all runs");
        }
        return String.join(", ", parts);
    }
}
