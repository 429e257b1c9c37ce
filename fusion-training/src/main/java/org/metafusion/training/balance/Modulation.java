package org.metafusion.training.balance;

/** How the modalities of a student are kept from crowding each other out while it learns. */
public enum Modulation {
    /** Not at all. */
    NONE,
    /** {@link OnTheFlyModulation}. */
    OGM,
    /** {@link OnTheFlyModulation} with noise of the gradient's own deviation ("generalisation enhancement"). */
    OGM_GE,
    /** {@link AdaptiveModulation}. */
    AGM
}
