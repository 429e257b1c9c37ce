package org.metafusion.sql;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which columns are features of which modality.
 *
 * @param modalities for each its columns: names, {@code img_*}, or a range {@code f0..f99} in the table's order; empty where
 *     columns are grouped by their names
 * @param ignored columns that are no features, as above
 */
public record ColumnChoice(Map<String, List<String>> modalities, List<String> ignored) {

    public ColumnChoice {
        modalities = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(modalities));
        ignored = List.copyOf(ignored);
    }

    /** Grouped by name. */
    public static ColumnChoice byName() {
        return new ColumnChoice(Map.of(), List.of());
    }
}
