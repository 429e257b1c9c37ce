package org.metafusion.ensemble.search;

import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.config.FusionConfig;

/**
 * A key of the configuration and the values to try.
 *
 * @param key its path, such as {@code training.dropout}
 * @param values in the notation of a configuration file; two or more, and none twice
 */
public record Dimension(String key, List<String> values) {

    public Dimension {
        values = List.copyOf(values);
        if (values.size() < 2 || values.stream().distinct().count() < values.size()) {
            throw new FusionException("A search needs two different values or more of '" + key + "' but got " + values);
        }
        for (String value : values) {
            FusionConfig.defaults()
                    .with(Map.of(key, value)); // Objects to an unknown key and to a value it does not take.
        }
    }
}
