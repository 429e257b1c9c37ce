package org.metafusion.training.balance;

import java.util.Locale;

/** How the modalities of a student are kept from crowding each other out while it learns. */
public enum Modulation {
    /** Not at all. */
    NONE,
    /** {@link OnTheFlyModulation}. */
    OGM,
    /** {@link OnTheFlyModulation} with noise of the gradient's own deviation ("generalisation enhancement"). */
    OGM_GE,
    /** {@link AdaptiveModulation}. */
    AGM,
    /** Gradient blending, of students that answer by what is there; see {@link BlendingWeights}. */
    BLENDING;

    /** Whether it scales what a modality's part of a student learns. */
    public boolean scalesGradients() {
        return this == OGM || this == OGM_GE || this == AGM;
    }

    /** The name in a configuration, such as {@code ogm-ge}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
