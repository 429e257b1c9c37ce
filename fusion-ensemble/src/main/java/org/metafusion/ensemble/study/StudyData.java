package org.metafusion.ensemble.study;

import org.metafusion.core.modality.SplitDataset;

/** Where studies get their data from: the user's, or a simulation. */
public interface StudyData {

    /** Whether the user gave data. */
    boolean isGiven();

    /**
     * The user's data, divided for a run; a study that {@linkplain Study#takesData takes data} asks for them where they
     * are given.
     *
     * @throws IllegalStateException if none are given
     */
    SplitDataset given(StudyRun run);

    /**
     * A simulation.
     *
     * @param name such as {@code demo} or {@code 1.1}
     * @throws org.metafusion.core.FusionException if there is none of that name
     */
    SplitDataset simulated(String name, long seed);

    /**
     * A simulation with a noisier modality {@code x}.
     *
     * @param extraNoise added to its noise ratio, which stays below 1
     * @throws org.metafusion.core.FusionException if there is none of that name, or it has no noise ratio
     */
    SplitDataset simulated(String name, double extraNoise, long seed);

    /** The user's data where they are given, else a simulation. */
    default SplitDataset givenOr(String simulation, StudyRun run) {
        return isGiven() ? given(run) : simulated(simulation, run.seed());
    }
}
