package org.metafusion.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What DuckDB is told to read files with. It looks through all of a CSV or JSON file before it says what type a column has:
 * from the first rows alone, fractions further down would be rounded to whole numbers.
 */
record SourceFiles(Engine engine, Roles roles) {

    /** Numbers are FLOAT, so that decimals go to float32 at once, as in the folder format, and not through float64. */
    private static final String CSV_TYPES =
            "['BOOLEAN', 'TIME', 'DATE', 'TIMESTAMP', 'TIMESTAMPTZ', 'FLOAT', 'VARCHAR']";

    /** Rows may have many keys of one type; they are columns and no map. */
    private static final String WHOLE_JSON = ", format = 'newline_delimited', sample_size = -1, maximum_sample_files = "
            + Long.MAX_VALUE + ", map_inference_threshold = -1";

    /** Types of JSON whose values, made text again, are as they were written. */
    private static final Set<String> AS_WRITTEN = Set.of("VARCHAR", "BIGINT", "UBIGINT", "BOOLEAN");

    /** Ids, labels and the like stay text. */
    String csv(String source) {
        String options = "read_csv(" + Sql.text(source) + ", header = true, nullstr = ['']";
        List<SourceColumn> columns = engine.columns(options + ")");
        Set<String> texts = roles.among(names(columns));
        String types = columns.stream()
                .map(SourceColumn::name)
                .filter(name -> texts.contains(name))
                .map(name -> Sql.text(name) + ": 'VARCHAR'")
                .collect(Collectors.joining(", "));
        return options + ", sample_size = -1, files_to_sniff = -1, auto_type_candidates = " + CSV_TYPES
                + (types.isEmpty() ? "" : ", types = {" + types + "}") + ")";
    }

    /**
     * Ids, labels and the like stay text, for which DuckDB must be given every column's type. It then reads dates in the
     * usual form only, so that is not done where they are as they were written anyway.
     */
    String json(String source) {
        String detected = "read_json(" + Sql.text(source) + WHOLE_JSON + ")";
        List<SourceColumn> columns = engine.columns(detected);
        Set<String> texts = roles.among(names(columns));
        if (columns.stream().allMatch(column -> isAsWritten(column, texts))) {
            return detected;
        }
        String types = columns.stream()
                .map(column -> Sql.text(column.name()) + ": "
                        + Sql.text(isAsWritten(column, texts) ? column.type() : "VARCHAR"))
                .collect(Collectors.joining(", "));
        return "read_json(" + Sql.text(source) + ", format = 'newline_delimited', columns = {" + types + "}" + ")";
    }

    private boolean isAsWritten(SourceColumn column, Set<String> texts) {
        return !texts.contains(column.name()) || AS_WRITTEN.contains(column.type());
    }

    private static List<String> names(List<SourceColumn> columns) {
        return columns.stream().map(SourceColumn::name).toList();
    }
}
