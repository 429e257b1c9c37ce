package org.metafusion.ensemble.committee;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The validation loss of a committee's first member, its first two, and so on, the weights of those that are in scaled to
 * sum 1. Members are in order of joining where a greedy rule selected them, else the heaviest first, so that the curve says
 * how much each adds to those before it.
 *
 * @param steps one a member; the last is the committee
 * @param bestAlone mean task loss over the same rows of the student that is the best of them alone
 */
public record CommitteeGrowth(List<Step> steps, double bestAlone) {

    public CommitteeGrowth {
        steps = List.copyOf(steps);
    }

    /**
     * A member more.
     *
     * @param student its number in the cohort
     * @param weight in the whole committee
     * @param loss mean task loss over the rows of the committee that ends here, before calibration
     */
    public record Step(int student, double weight, double loss) {}

    /**
     * Of a committee on the rows it was selected on.
     *
     * @param validation the rows that the committee's {@linkplain Committee#validationLoss validation loss} is the mean over
     */
    public static CommitteeGrowth of(ValidationOutputs validation, Committee committee) {
        CommitteeLoss loss = new CommitteeLoss(validation);
        BitSet rows = Ranking.of(validation).rows();
        int[] order = order(committee);
        List<Step> steps = new ArrayList<>();
        for (int m = 1; m <= order.length; m++) {
            int last = order[m - 1];
            steps.add(new Step(
                    committee.members()[last],
                    committee.weights()[last],
                    loss.mean(rows, part(committee, Arrays.copyOf(order, m)))));
        }
        return new CommitteeGrowth(steps, new BestSingle().select(validation).validationLoss());
    }

    private static int[] order(Committee committee) {
        int[] joined = IntStream.range(0, committee.members().length).toArray();
        if (committee.rule() == CombinationRule.GREEDY) {
            return joined;
        }
        return IntStream.of(joined)
                .boxed()
                .sorted(Comparator.comparingDouble(m -> -committee.weights()[m]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static Committee part(Committee committee, int[] places) {
        double[] weights =
                IntStream.of(places).mapToDouble(m -> committee.weights()[m]).toArray();
        return new Committee(
                committee.rule(),
                IntStream.of(places).map(m -> committee.members()[m]).toArray(),
                GreedySelection.scaled(weights),
                Double.NaN,
                new double[0],
                committee.reason());
    }
}
