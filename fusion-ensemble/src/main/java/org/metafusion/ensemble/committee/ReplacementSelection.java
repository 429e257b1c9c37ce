package org.metafusion.ensemble.committee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Greedy selection with replacement (Caruana et al., ICML 2004): a student may be drawn again, and its weight is the
 * share of the draws it got. Sorted start and stop as in {@link GreedySelection}.
 */
final class ReplacementSelection implements CommitteeSelection {

    private final SelectionOptions options;

    ReplacementSelection(SelectionOptions options) {
        this.options = options;
    }

    /**
     * What was drawn.
     *
     * @param draws how often each student was, in order of joining
     * @param count of all draws
     * @param losses after the start and after each further draw
     */
    record Drawn(Map<Integer, Integer> draws, int count, double[] losses) {}

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        Drawn drawn = draw(validation, ranking.rows(), ranking.kept(options), options);
        return new Committee(
                CombinationRule.GREEDY_WITH_REPLACEMENT,
                drawn.draws().keySet().stream().mapToInt(Integer::intValue).toArray(),
                drawn.draws().values().stream()
                        .mapToDouble(d -> d / (double) drawn.count())
                        .toArray(),
                drawn.losses()[drawn.losses().length - 1],
                drawn.losses(),
                "greedy selection with replacement took " + drawn.draws().size() + " students in " + drawn.count()
                        + " draws");
    }

    /** Draws from {@code kept}, best first, by the loss on {@code rows}. */
    static Drawn draw(ValidationOutputs validation, BitSet rows, int[] kept, SelectionOptions options) {
        double[] equal = new double[validation.students()];
        Arrays.fill(equal, 1);
        RunningCommittee committee = new RunningCommittee(validation, rows);
        Map<Integer, Integer> draws = new LinkedHashMap<>();
        int drawn = 0;
        for (; drawn < Math.min(kept.length, options.initialMembers()); drawn++) {
            committee.add(kept[drawn], 1);
            draws.put(kept[drawn], 1);
        }
        List<Double> losses = new ArrayList<>(List.of(committee.loss()));
        for (; drawn < options.maxMembers(); drawn++) {
            Candidate best = Candidate.best(committee, kept, equal);
            if (!(best.loss() < losses.get(losses.size() - 1))) {
                break;
            }
            committee.add(best.student(), 1);
            draws.merge(best.student(), 1, Integer::sum);
            losses.add(best.loss());
        }
        return new Drawn(
                draws, drawn, losses.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
