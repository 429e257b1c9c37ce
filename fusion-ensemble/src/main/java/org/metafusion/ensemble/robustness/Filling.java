package org.metafusion.ensemble.robustness;

import org.metafusion.core.modality.Samples;

/** A way to fill in missing modalities, so that a model that needs all of them can answer. */
public interface Filling {

    /** What it is called, such as {@code mean filling}. */
    String label();

    /** The same rows with every modality there; what was there is unchanged. */
    Samples fill(Samples rows);
}
