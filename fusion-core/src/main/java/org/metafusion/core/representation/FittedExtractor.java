package org.metafusion.core.representation;

import java.util.Map;
import java.util.Optional;

/** A frozen affine-or-other map from a modality's standardised features to a representation. */
public interface FittedExtractor {

    /** Of the representation. */
    int width();

    /** The representations {@code [rows, width()]} of {@code rows} rows of standardised features, row-major. */
    float[] apply(float[] values, int rows);

    /** The same map as one affine map, where it is one; predictions then use matrix products. */
    default Optional<AffineMap> affine() {
        return Optional.empty();
    }

    /**
     * The same map as a dense encoder, where it is one that students can start from and go on training; of the form its
     * extractor {@linkplain FeatureExtractor#encoderForm announces}.
     */
    default Optional<EncoderLayers> encoder() {
        return Optional.empty();
    }

    /**
     * The representations {@code [rows, width()]} of the rows it was fitted on that have the modality, where students must
     * learn from others than {@link #apply} gives, since it knows the targets of those rows: what is said by the parts of it
     * that do not. There after fitting only; nothing of it is stored.
     */
    default Optional<float[]> outOfBag() {
        return Optional.empty();
    }

    /** The same without what is of use in training alone. */
    default FittedExtractor forPrediction() {
        return this;
    }

    /** What has to be stored to make it again, by name: arrays of floats. */
    Map<String, float[]> state();
}
