package org.metafusion.core.modality;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.FusionException;

/**
 * Rows of multimodal input without targets: an id a row and one {@link FeatureTable} a modality.
 *
 * @param ids one a row
 * @param tables one a modality, each with as many rows as there are ids; modality names are unique
 */
public record Samples(List<String> ids, List<FeatureTable> tables) {

    public Samples {
        ids = List.copyOf(ids);
        tables = List.copyOf(tables);
        Map<String, FeatureTable> byName = new LinkedHashMap<>();
        for (FeatureTable table : tables) {
            if (table.rows() != ids.size()) {
                throw new IllegalArgumentException(
                        "Modality '" + table.modality().name() + "' has " + table.rows() + " rows but there are "
                                + ids.size() + " ids");
            }
            if (byName.put(table.modality().name(), table) != null) {
                throw new FusionException(
                        "Modality '" + table.modality().name() + "' is given twice; modality names must be unique");
            }
        }
    }

    public int rows() {
        return ids.size();
    }

    public List<Modality> modalities() {
        return tables.stream().map(FeatureTable::modality).toList();
    }

    /** The modalities row {@code row} has, as a set of indices into {@link #tables()}. */
    public BitSet available(int row) {
        BitSet available = new BitSet();
        for (int m = 0; m < tables.size(); m++) {
            available.set(m, tables.get(m).isPresent(row));
        }
        return available;
    }

    /** The given rows, in the given order. */
    public Samples select(int[] rows) {
        return new Samples(
                java.util.Arrays.stream(rows).mapToObj(ids::get).toList(),
                tables.stream().map(table -> table.select(rows)).toList());
    }
}
