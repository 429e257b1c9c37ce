package org.metafusion.ensemble.search;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A configuration that is tried.
 *
 * @param settings what differs from the configuration the search started from, by key; empty for number 0
 */
public record Trial(int number, Map<String, String> settings) {
    public Trial {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
