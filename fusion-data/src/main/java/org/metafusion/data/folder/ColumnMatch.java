package org.metafusion.data.folder;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.metafusion.core.modality.Modality;

/** Finds the columns a model knows in a file that may have them in another order. */
record ColumnMatch(CsvFile file, int line, Modality expected) {

    /** For each column of the file its place in the model's order. */
    int[] places(List<String> header) {
        Map<String, Integer> known = new HashMap<>();
        for (String feature : expected.features()) {
            known.put(feature, known.size());
        }
        List<String> unknown =
                header.stream().filter(column -> !known.containsKey(column)).toList();
        HashSet<String> there = new HashSet<>(header);
        List<String> lacking = expected.features().stream()
                .filter(feature -> !there.contains(feature))
                .toList();
        if (!unknown.isEmpty() || !lacking.isEmpty()) {
            throw file.error(line, message(header.size(), lacking, unknown));
        }
        return header.stream().mapToInt(known::get).toArray();
    }

    private String message(int width, List<String> lacking, List<String> unknown) {
        StringBuilder message = new StringBuilder("modality " + Wording.quoted(expected.name()) + " must have the "
                + Wording.count(expected.width(), "column") + " of the model but has " + width);
        if (!lacking.isEmpty()) {
            message.append("; ").append(lacking.size()).append(" missing: ").append(Wording.names(lacking));
        }
        if (!unknown.isEmpty()) {
            message.append("; ").append(unknown.size()).append(" unknown: ").append(Wording.names(unknown));
        }
        return message + "; give the columns the model was trained on";
    }
}
