package org.metafusion.training.representation;

import org.metafusion.core.representation.Representation;

/**
 * An input matrix of a cohort, shared by all students that use it: a frozen representation of one modality.
 *
 * @param modality its index
 * @param label of the representation; {@code raw} also feeds the encoders
 */
public record InputKey(int modality, String label) implements Comparable<InputKey> {

    /** The input a present representation starts from: itself if frozen, the raw features if it is an encoder. */
    public static InputKey of(int modality, Representation representation) {
        if (representation instanceof Representation.Encoded) {
            return new InputKey(modality, new Representation.Raw().label());
        }
        return new InputKey(modality, representation.label());
    }

    @Override
    public int compareTo(InputKey other) {
        int byModality = Integer.compare(modality, other.modality);
        return byModality != 0 ? byModality : label.compareTo(other.label);
    }
}
