package org.metafusion.ensemble.committee;

import java.util.BitSet;

/** What the students say about the validation rows when only some of the modalities are there. */
@FunctionalInterface
public interface PartialOutputs {

    /** Their outputs as if only the given modalities were there; a student that then has no answer is blind. */
    ValidationOutputs when(BitSet available);
}
