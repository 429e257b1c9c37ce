package org.metafusion.training.phase;

import org.metafusion.core.tensor.Members;

/** Looks at a phase from within. */
interface PhaseObserver {

    /** Looks away. */
    PhaseObserver NONE = new PhaseObserver() {};

    /** A step was queued; the gradients are still those of it. */
    default void stepped(Members active) {}

    /** An epoch's last step was queued. */
    default void epochEnded(int epoch, Members active) {}

    /** The epoch that just ended is the best so far of these students, by validation loss. */
    default void improved(int[] students) {}
}
