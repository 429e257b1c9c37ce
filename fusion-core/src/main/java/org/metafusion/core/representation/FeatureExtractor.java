package org.metafusion.core.representation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Fits extractions on training rows; frozen afterwards, or the start of an encoder that students go on training.
 *
 * <p>Most look at one modality at a time and are a {@link ModalityExtractor}; this is the port for those that look at all of
 * them or at the targets. It is also how a pretrained encoder comes in: fitting it is making it ready, and its state what
 * is needed to make it ready again.
 */
public interface FeatureExtractor {

    /**
     * The name by which representations refer to it, such as {@code pca}: lower-case letters, and within them digits,
     * {@code -} and {@code _}.
     */
    String name();

    /** The width of all its representations where that is not for the user to choose, as with a pretrained encoder. */
    default OptionalInt ownWidth() {
        return OptionalInt.empty();
    }

    /** The width it will give, as far as that is known before it is fitted. */
    default int outputWidth(ExtractionShape shape, int asked) {
        return ownWidth().orElse(asked);
    }

    /**
     * Whether a linear head makes the most of it, as with kernel components: what it gives is not linear in the features
     * already, so that a hidden layer costs much and gains little.
     */
    default boolean suitsLinearHeads() {
        return false;
    }

    /**
     * The form of the dense encoders it fits, where it fits such: students can then go on training them, see
     * {@link Representation.Tuned}.
     *
     * @param asked the width asked for, or its own
     */
    default Optional<EncoderForm> encoderForm(int asked) {
        return Optional.empty();
    }

    /**
     * Fits on the training rows; all representations at once, of whatever modality, since they often share the work.
     *
     * @param wanted one representation or more, none twice
     * @return one for each, in that order; it may be narrower where the data have a lower rank
     * @throws org.metafusion.core.FusionException if the rows do not allow it, saying what is missing
     */
    List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted);

    /**
     * A fitted extractor again, from its {@link FittedExtractor#state}.
     *
     * @throws org.metafusion.core.FusionException if an array is missing or the arrays do not fit together
     */
    FittedExtractor restore(Map<String, float[]> state);
}
