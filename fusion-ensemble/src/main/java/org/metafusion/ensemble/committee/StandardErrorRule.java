package org.metafusion.ensemble.committee;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.ensemble.metric.PairedDifference;

/** The standard-error rule: of choices that are not clearly worse than the best one, the simplest. */
final class StandardErrorRule {

    private StandardErrorRule() {}

    /**
     * The first choice whose mean loss is within so many standard errors (of the paired difference) of the lowest.
     *
     * @param losses {@code [choices][n]}, the simplest choice first
     * @param rows the rows that count
     * @param groups of all n rows; empty where they are independent
     */
    static int simplest(double[][] losses, int[] rows, List<String> groups, double errors) {
        BitSet scored = new BitSet();
        IntStream.of(rows).forEach(scored::set);
        int best = IntStream.range(0, losses.length)
                .reduce((a, b) -> mean(losses[b], rows) < mean(losses[a], rows) ? b : a)
                .orElseThrow();
        return IntStream.range(0, losses.length)
                .filter(choice -> !PairedDifference.of(losses[choice], losses[best], scored, groups)
                        .exceeds(errors))
                .findFirst()
                .orElseThrow();
    }

    private static double mean(double[] losses, int[] rows) {
        return IntStream.of(rows).mapToDouble(row -> losses[row]).average().orElseThrow();
    }
}
