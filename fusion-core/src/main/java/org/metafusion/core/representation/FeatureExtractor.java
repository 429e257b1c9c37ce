package org.metafusion.core.representation;

/** Fits an extraction on training rows; frozen afterwards. */
public interface FeatureExtractor {

    /** The name representations refer to it by, such as {@code pca}. */
    String name();

    /**
     * Fits on {@code rows x width} standardised values, row-major, the training rows that have the modality.
     *
     * @param outputWidth the width asked for
     */
    FittedExtractor fit(float[] values, int rows, int width, int outputWidth);
}
