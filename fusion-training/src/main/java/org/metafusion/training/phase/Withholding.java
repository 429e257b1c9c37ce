package org.metafusion.training.phase;

import org.metafusion.core.tensor.Members;
import org.metafusion.training.network.Presence;

/** Which modalities of the rows they learn from are withheld from students that answer by what is there. */
interface Withholding {

    /** What these students are told in an epoch, of what the rows have. */
    Presence of(Presence natural, long seed);

    /** Takes note of the end of an epoch, or of the phase's beginning, which is epoch 0. */
    default void epochEnded(int epoch, Members active) {}

    /** Modality dropout: each modality of each row with the same probability. */
    static Withholding dropout(float rate) {
        return (natural, seed) -> natural.thinned(rate, seed);
    }
}
