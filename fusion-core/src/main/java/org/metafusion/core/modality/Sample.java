package org.metafusion.core.modality;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One input: the features of each modality it has, by modality name. Modalities left out are missing.
 *
 * <pre>{@code
 * Sample sample = Sample.of("image", image).and("text", text);
 * }</pre>
 */
public record Sample(Map<String, float[]> features) {

    public Sample {
        features = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }

    public static Sample of(String modality, float[] features) {
        return new Sample(Map.of(modality, features));
    }

    /** This sample with one modality more (or in place of one of that name). */
    public Sample and(String modality, float[] values) {
        Map<String, float[]> all = new LinkedHashMap<>(features);
        all.put(modality, values);
        return new Sample(all);
    }
}
