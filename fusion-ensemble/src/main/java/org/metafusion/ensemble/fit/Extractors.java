package org.metafusion.ensemble.fit;

import java.util.Map;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.training.representation.PcaExtractor;

/** The feature extractors a cohort may use and a stored model may name. */
public final class Extractors {

    private Extractors() {}

    /** By name: {@code pca}. */
    public static Map<String, FeatureExtractor> standard() {
        return Map.of(PcaExtractor.NAME, new PcaExtractor());
    }
}
