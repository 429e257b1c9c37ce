package org.metafusion.ensemble.committee;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Bagged greedy selection (Caruana et al., ICML 2004, section 2.3): selection with replacement from {@value #BAGS} random
 * halves of the kept students, each with a sorted start; a student's weight is its mean over the bags. A student that
 * fits the rows by chance is in half of the bags only, so that the rows are overfitted less.
 */
final class BaggedSelection implements CommitteeSelection {

    private static final int BAGS = 20;

    private final SelectionOptions options;

    BaggedSelection(SelectionOptions options) {
        this.options = options;
    }

    @Override
    public Committee select(ValidationOutputs validation) {
        Ranking ranking = Ranking.of(validation);
        int[] kept = ranking.kept(options);
        SplittableRandom random = new SplittableRandom(options.seed());
        double[] weights = new double[validation.students()];
        for (int bag = 0; bag < BAGS; bag++) {
            ReplacementSelection.Drawn drawn =
                    ReplacementSelection.draw(validation, ranking.rows(), half(kept, random), options);
            drawn.draws().forEach((student, count) -> weights[student] += count / (double) (BAGS * drawn.count()));
        }
        int[] members = Arrays.stream(kept).filter(s -> weights[s] > 0).toArray();
        double[] shares = IntStream.of(members).mapToDouble(s -> weights[s]).toArray();
        Committee unscored = new Committee(
                CombinationRule.BAGGED_GREEDY,
                members,
                GreedySelection.scaled(shares),
                Double.NaN,
                new double[0],
                "bagged greedy selection took " + members.length + " of the best " + kept.length + " students in "
                        + BAGS + " bags");
        return new CommitteeLoss(validation).scored(ranking.rows(), unscored);
    }

    /** Half of the students, rounded up, in the order they have. */
    private static int[] half(int[] kept, SplittableRandom random) {
        boolean[] taken = new boolean[kept.length];
        int wanted = (kept.length + 1) / 2;
        for (int left = wanted; left > 0; ) {
            int i = random.nextInt(kept.length);
            left -= taken[i] ? 0 : 1;
            taken[i] = true;
        }
        return IntStream.range(0, kept.length)
                .filter(i -> taken[i])
                .map(i -> kept[i])
                .toArray();
    }
}
