package org.metafusion.data.folder;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.modality.FeatureTable;

/** Where names go: the place of a row by its id, of a class by its name. */
final class RowPlaces {

    private final Map<String, Integer> places = new HashMap<>();

    /** Places for the given names, in their order. */
    RowPlaces(List<String> names) {
        for (String name : names) {
            places.put(name, places.size());
        }
    }

    boolean has(String name) {
        return places.containsKey(name);
    }

    /** The place of a name that has one. */
    int of(String name) {
        return Optional.ofNullable(places.get(name)).orElseThrow();
    }

    /** The file's rows in their places; rows whose ids have no place here are left out. */
    FeatureTable table(FeatureRows file) {
        int width = file.modality().width();
        float[] values = new float[size(file, width)];
        BitSet missing = new BitSet();
        missing.set(0, places.size());
        for (int row = 0; row < file.rows(); row++) {
            Integer place = places.get(file.ids().get(row));
            if (place != null && !file.missing().get(row)) {
                System.arraycopy(file.values(), row * width, values, place * width, width);
                missing.clear(place);
            }
        }
        return new FeatureTable(file.modality(), places.size(), values, missing);
    }

    private int size(FeatureRows file, int width) {
        long size = (long) places.size() * width;
        if (size > FeatureRows.MOST_VALUES) {
            throw file.file().error(FeatureRows.tooMany());
        }
        return (int) size;
    }
}
