package org.metafusion.ensemble.study;

import org.metafusion.ensemble.fit.FitOptions;

/** An experiment that tests claims, over several seeds. Has no state: everything it needs is in the context. */
public interface Study {

    /** What is known of it before it is run. */
    StudyProfile profile();

    /** How it fits models where the user sets nothing else. */
    default FitOptions options(StudySize size) {
        return SmallFits.options(size);
    }

    /**
     * Runs it.
     *
     * @throws org.metafusion.core.FusionException if the data or options do not allow it
     */
    StudyReport run(StudyContext context);
}
