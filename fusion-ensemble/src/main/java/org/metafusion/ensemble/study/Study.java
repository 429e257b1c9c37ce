package org.metafusion.ensemble.study;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.metafusion.ensemble.fit.FitOptions;

/** An experiment that tests claims, over several seeds. Has no state: everything it needs is in the context. */
public interface Study {

    /** What it is called on the command line, such as {@code missing}. */
    String name();

    /** What it measures, one line. */
    String description();

    /** What it tests, in the order of its findings. */
    List<Claim> claims();

    /** How it fits models where the user sets nothing else. */
    FitOptions options(StudySize size);

    /** The sizes it can be run at. */
    default Set<StudySize> sizes() {
        return EnumSet.of(StudySize.SMALL, StudySize.PAPER);
    }

    /** How many seeds it takes where the user says nothing else. */
    int seeds(StudySize size);

    /** Whether it can be run on a data set of the user's; else it simulates its own. */
    default boolean takesData() {
        return false;
    }

    /**
     * Runs it.
     *
     * @throws org.metafusion.core.FusionException if the data or options do not allow it
     */
    StudyReport run(StudyContext context);
}
