package org.metafusion.sql;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The levels of a category that get a feature: those of the train rows, most frequent first, equals by name, at most
 * {@value #MOST}; where there are more, the rest are {@value #OTHER}. Feature {@code colour=red} is 1 where the column {@code
 * colour} is {@code red} and 0 elsewhere. The names of a model's features therefore say how to encode; nothing else is kept.
 */
record Levels(Engine engine, String relation, BitSet train) {

    static final int MOST = 64;
    static final String OTHER = "other";

    static String feature(String column, String level) {
        return column + "=" + level;
    }

    List<String> of(SourceColumn column) {
        Map<String, Integer> counts = new HashMap<>();
        int filled = 0;
        try (Vectors rows =
                engine.vectors("SELECT CAST(" + Sql.name(column.name()) + " AS VARCHAR) FROM " + relation)) {
            int row = 0;
            while (rows.next()) {
                for (int i = 0; i < rows.rows(); i++, row++) {
                    Optional<String> level = Optional.ofNullable(rows.column(0).getString(i));
                    if (level.isPresent() && train.get(row)) {
                        counts.merge(level.get(), 1, Integer::sum);
                        filled++;
                    }
                }
            }
        }
        requireCategory(column, counts.size(), filled);
        List<String> levels = counts.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Integer>>comparingInt(entry -> -entry.getValue())
                        .thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey)
                .toList();
        return levels.size() <= MOST ? levels : withOther(levels.subList(0, MOST));
    }

    private static List<String> withOther(List<String> levels) {
        return levels.contains(OTHER)
                ? levels
                : java.util.stream.Stream.concat(levels.stream(), java.util.stream.Stream.of(OTHER))
                        .toList();
    }

    private void requireCategory(SourceColumn column, int levels, int filled) {
        if (levels == 0) {
            throw engine.error("column '" + column.name()
                    + "' has no value in any train row; leave it out (ignore in a mapping file, or --columns)");
        }
        if (2L * levels > filled) {
            throw engine.error(
                    "column '" + column.name() + "' is free text (" + levels + " different values in " + filled
                            + " train rows): embed it first and give the embedding as a list of numbers, or leave it out"
                            + " (ignore in a mapping file, or --columns)");
        }
    }
}
