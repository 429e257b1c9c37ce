package org.metafusion.ensemble.committee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Meta Fusion's committee (arXiv 2507.20089): rank the students by validation loss, keep {@code int(S (1 - p))}, start
 * with the best few, add without replacement the student that lowers the committee's validation loss most, while it
 * strictly falls. Weights are proportional to 1/loss, during the selection too.
 */
final class GreedySelection implements CommitteeSelection {

    private final SelectionOptions options;

    GreedySelection(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        int[] kept = ranking.kept(options);
        double[] weights = Arrays.stream(validation.losses())
                .map(Weighting.INVERSE_LOSS::of)
                .toArray();
        RunningCommittee committee = new RunningCommittee(validation, ranking.rows());
        List<Integer> members = new ArrayList<>();
        for (int s : Arrays.copyOf(kept, Math.min(kept.length, options.initialMembers()))) {
            committee.add(s, weights[s]);
            members.add(s);
        }
        List<Double> trajectory = new ArrayList<>(List.of(committee.loss()));
        while (members.size() < Math.min(kept.length, options.maxMembers())) {
            int[] others = IntStream.of(kept).filter(s -> !members.contains(s)).toArray();
            Candidate best = Candidate.best(committee, others, weights);
            if (!(best.loss() < trajectory.get(trajectory.size() - 1))) {
                break;
            }
            committee.add(best.student(), weights[best.student()]);
            members.add(best.student());
            trajectory.add(best.loss());
        }
        int[] chosen = members.stream().mapToInt(Integer::intValue).toArray();
        double[] losses = trajectory.stream().mapToDouble(Double::doubleValue).toArray();
        return new Committee(
                CombinationRule.GREEDY,
                chosen,
                scaled(IntStream.of(chosen).mapToDouble(s -> weights[s]).toArray()),
                losses[losses.length - 1],
                losses,
                "greedy selection kept " + kept.length + " of " + validation.students() + " students and took "
                        + chosen.length);
    }

    /** The weights over their sum. */
    static double[] scaled(double[] weights) {
        double sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / sum).toArray();
    }
}
