package org.metafusion.training.representation;

import java.util.Map;
import java.util.Optional;
import org.metafusion.core.representation.EncoderLayers;
import org.metafusion.core.representation.Representation;

/** The encoders trained beforehand from which those of students start that fine-tune them. */
public record EncoderStarts(Map<Key, EncoderLayers> byKey) {

    /** For students that fine-tune nothing, or are trained already. */
    public static final EncoderStarts NONE = new EncoderStarts(Map.of());

    /**
     * Whose encoder.
     *
     * @param modality its index
     * @param fold on whose rows the encoder was trained: those that the copies of this fold learn from
     */
    public record Key(int modality, Representation.Tuned representation, int fold) {}

    public EncoderStarts {
        byKey = Map.copyOf(byKey);
    }

    /** Where the encoder of a copy's representation starts; empty where that is not fine-tuned. */
    public Optional<EncoderLayers> of(int modality, Representation representation, int fold) {
        return representation instanceof Representation.Tuned tuned
                ? Optional.ofNullable(byKey.get(new Key(modality, tuned, fold)))
                : Optional.empty();
    }
}
