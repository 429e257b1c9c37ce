package org.metafusion.sql;

import java.util.Locale;
import java.util.Set;

/**
 * A column of a table.
 *
 * @param type as DuckDB writes it, such as {@code FLOAT[768]}
 */
record SourceColumn(String name, String type) {

    /** What can be made of a column's values. */
    enum Kind {
        NUMBER,
        TIME,
        CATEGORY,
        LIST,
        OTHER
    }

    private static final Set<String> NUMBERS = Set.of(
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE");

    private static final Set<String> TIMES =
            Set.of("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE");

    Kind kind() {
        String upper = type.toUpperCase(Locale.ROOT);
        if (upper.endsWith("]")) {
            return isNumber(upper.substring(0, upper.lastIndexOf('['))) ? Kind.LIST : Kind.OTHER;
        }
        if (isNumber(upper)) {
            return Kind.NUMBER;
        }
        if (TIMES.contains(upper)) {
            return Kind.TIME;
        }
        return upper.equals("VARCHAR") || upper.startsWith("ENUM") ? Kind.CATEGORY : Kind.OTHER;
    }

    private static boolean isNumber(String upper) {
        return NUMBERS.contains(upper) || upper.startsWith("DECIMAL");
    }

    boolean isList() {
        return kind() == Kind.LIST;
    }

    /** The values as float32: days since 1970-01-01 UTC for times, 0 and 1 for booleans. */
    String number() {
        String value = Sql.name(name);
        return kind() == Kind.TIME ? "CAST(epoch(" + value + ") / 86400 AS FLOAT)" : "CAST(" + value + " AS FLOAT)";
    }

    /** What the column is called where the modality's name need not be repeated, as in {@code image.p} and {@code image_p}. */
    String within(String modality) {
        return name.startsWith(modality + ".") || name.startsWith(modality + "_")
                ? name.substring(modality.length() + 1)
                : name;
    }
}
