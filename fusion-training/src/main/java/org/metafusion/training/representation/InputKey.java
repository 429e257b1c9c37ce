package org.metafusion.training.representation;

import java.util.Comparator;
import org.metafusion.core.representation.Representation;

/**
 * An input matrix of a cohort, shared by all students that use it: a frozen representation of one modality.
 *
 * @param modality its index
 * @param label of the representation; {@code raw} also feeds the encoders
 * @param fold on whose rows its extractor was fitted; 0 for raw features, which all folds share
 */
public record InputKey(int modality, String label, int fold) implements Comparable<InputKey> {

    private static final Comparator<InputKey> ORDER = Comparator.comparingInt(InputKey::modality)
            .thenComparing(InputKey::label)
            .thenComparingInt(InputKey::fold);

    /** The raw features of a modality. */
    public static InputKey raw(int modality) {
        return new InputKey(modality, new Representation.Raw().label(), 0);
    }

    /** The input of a present representation: itself if frozen, the raw features if the student encodes them. */
    public static InputKey of(int modality, Representation representation, int fold) {
        return representation instanceof Representation.Extracted
                ? new InputKey(modality, representation.label(), fold)
                : raw(modality);
    }

    @Override
    public int compareTo(InputKey other) {
        return ORDER.compare(this, other);
    }
}
