package org.metafusion.ensemble.committee;

import java.util.function.Function;
import org.metafusion.core.modality.Task;

/** The ways to make a committee of a cohort. */
public enum CombinationRule {
    /** Stacking, or the simple average where the validation rows are too few; see {@link TrustRule}. */
    AUTO("auto", TrustRule::new),
    /** Whichever of averages, bagged greedy selection and stacking the validation rows prefer; {@link ChosenSelection}. */
    CHOSEN("chosen", ChosenSelection::new),
    /** Meta Fusion's greedy selection without replacement, weights proportional to 1/loss. */
    GREEDY("greedy", GreedySelection::new),
    /** Greedy selection with replacement, weights proportional to how often a student was drawn. */
    GREEDY_WITH_REPLACEMENT("greedy with replacement", ReplacementSelection::new),
    /** The mean of greedy selections with replacement from random halves of the students. */
    BAGGED_GREEDY("bagged greedy", BaggedSelection::new),
    /** The mean of the kept students. */
    SIMPLE_AVERAGE("simple average", options -> new AverageSelection(options, Weighting.EQUAL)),
    /** The mean of the kept students, weights proportional to 1/loss. */
    WEIGHTED_AVERAGE("weighted average", options -> new AverageSelection(options, Weighting.INVERSE_LOSS)),
    /** Weights fitted on the validation rows; see {@link StackedSelection}. */
    STACKING("stacking", StackedSelection::new),
    /** The student of the lowest validation loss. */
    BEST_SINGLE("best single student", options -> new BestSingle()),
    /** A vote of the kept students; for values, their median. */
    MAJORITY_VOTE("majority vote", VoteSelection::new);

    private final String label;
    private final Function<SelectionOptions, CommitteeSelection> factory;

    CombinationRule(String label, Function<SelectionOptions, CommitteeSelection> factory) {
        this.label = label;
        this.factory = factory;
    }

    /** As shown in reports. */
    public String label() {
        return label;
    }

    /** The selection by this rule. */
    public CommitteeSelection selection(SelectionOptions options) {
        return factory.apply(options);
    }

    Combination combination(Task task) {
        return this == MAJORITY_VOTE ? Combination.vote(task) : Combination.WEIGHTED_MEAN;
    }
}
