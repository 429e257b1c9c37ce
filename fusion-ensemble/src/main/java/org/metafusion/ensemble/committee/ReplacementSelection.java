package org.metafusion.ensemble.committee;

import java.util.ArrayList;
import java.util.Arrays;
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

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        int[] kept = ranking.kept(options);
        double[] equal = new double[validation.students()];
        Arrays.fill(equal, 1);
        RunningCommittee committee = new RunningCommittee(validation, ranking.rows());
        Map<Integer, Integer> draws = new LinkedHashMap<>();
        int drawn = 0;
        for (; drawn < Math.min(kept.length, options.initialMembers()); drawn++) {
            committee.add(kept[drawn], 1);
            draws.put(kept[drawn], 1);
        }
        List<Double> trajectory = new ArrayList<>(List.of(committee.loss()));
        for (; drawn < options.maxMembers(); drawn++) {
            Candidate best = Candidate.best(committee, kept, equal);
            if (!(best.loss() < trajectory.get(trajectory.size() - 1))) {
                break;
            }
            committee.add(best.student(), 1);
            draws.merge(best.student(), 1, Integer::sum);
            trajectory.add(best.loss());
        }
        return committee(draws, drawn, trajectory);
    }

    private static Committee committee(Map<Integer, Integer> draws, int drawn, List<Double> trajectory) {
        double[] losses = trajectory.stream().mapToDouble(Double::doubleValue).toArray();
        return new Committee(
                CombinationRule.GREEDY_WITH_REPLACEMENT,
                draws.keySet().stream().mapToInt(Integer::intValue).toArray(),
                draws.values().stream().mapToDouble(d -> d / (double) drawn).toArray(),
                losses[losses.length - 1],
                losses,
                "greedy selection with replacement took " + draws.size() + " students in " + drawn + " draws");
    }
}
