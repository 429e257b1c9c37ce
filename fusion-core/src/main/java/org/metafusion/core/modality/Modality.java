package org.metafusion.core.modality;

import java.util.LinkedHashSet;
import java.util.List;
import org.metafusion.core.FusionException;

/**
 * One kind of input, such as {@code image} or {@code mrna}, with its named features in column order.
 *
 * @param name unique in a data set
 * @param features the column names, unique within the modality, at least one
 */
public record Modality(String name, List<String> features) {

    public Modality {
        features = List.copyOf(features);
        if (name.isBlank()) {
            throw new FusionException("A modality needs a name; got a blank one");
        }
        if (features.isEmpty()) {
            throw new FusionException("Modality '" + name + "' has no feature column; give it at least one");
        }
        if (new LinkedHashSet<>(features).size() != features.size()) {
            throw new FusionException("Modality '" + name + "' names a feature twice; feature names must be unique");
        }
    }

    /** A modality whose features are named {@code name_0, name_1, ...}. */
    public static Modality of(String name, int width) {
        return new Modality(
                name,
                java.util.stream.IntStream.range(0, width)
                        .mapToObj(j -> name + "_" + j)
                        .toList());
    }

    /** The number of features. */
    public int width() {
        return features.size();
    }
}
