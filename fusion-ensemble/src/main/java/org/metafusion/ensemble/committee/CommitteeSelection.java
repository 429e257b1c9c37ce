package org.metafusion.ensemble.committee;

/** One way to select a committee from what the students say about the validation rows. */
public interface CommitteeSelection {

    /**
     * The committee. Students that see no validation row, or whose loss is not finite, are never members.
     *
     * @throws org.metafusion.core.FusionException if no student is left
     */
    Committee select(ValidationOutputs validation);
}
