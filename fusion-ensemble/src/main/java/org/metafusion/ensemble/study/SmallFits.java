package org.metafusion.ensemble.study;

import java.util.Map;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;

/** Fits that take a second or two: fewer epochs and students than the defaults, and two values of rho. */
public final class SmallFits {

    private static final Map<String, String> QUICK = Map.of(
            "training.epochs", "15",
            "mutual.rhos", "[0,1]",
            "cohort.max-students", "12",
            "cohort.hidden", "[[32]]");

    private SmallFits() {}

    /** As {@link #options}, but a fifth of the rows to judge by and a greedy committee, as Meta Fusion has them. */
    public static FitOptions ofMetaFusion(StudySize size) {
        FitOptions options = options(size);
        return options.withValidation(options.validation().holdout()).withRule(CombinationRule.GREEDY);
    }

    /** The defaults for the paper's size, quick ones for the small. */
    public static FitOptions options(StudySize size) {
        return size == StudySize.PAPER
                ? FitOptions.defaults()
                : FusionConfig.defaults().with(QUICK).options();
    }
}
