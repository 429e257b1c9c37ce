package org.metafusion.core.representation;

import java.util.List;
import java.util.Map;

/** Fits an extraction on training rows; frozen afterwards. */
public interface FeatureExtractor {

    /** The name representations refer to it by, such as {@code pca}. */
    String name();

    /**
     * Fits on {@code rows x width} standardised values, row-major, the training rows that have the modality; several
     * representations at once, since they often share the work.
     *
     * @param outputWidths the widths asked for
     * @return one for each width, in that order; it may be narrower where the data have a lower rank
     */
    List<FittedExtractor> fit(float[] values, int rows, int width, int[] outputWidths);

    /**
     * A fitted extractor again, from its {@link FittedExtractor#state}.
     *
     * @throws org.metafusion.core.FusionException if an array is missing or the arrays do not fit together
     */
    FittedExtractor restore(Map<String, float[]> state);
}
