package org.metafusion.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What DuckDB is told to read files with. It looks through all of a CSV or JSON file before it says what type a column has:
 * from the first rows alone, fractions further down would be rounded to whole numbers.
 *
 * @param categories columns that are text whatever they look like
 */
record SourceFiles(Engine engine, Roles roles, Set<String> categories) {

    /** Folders such as {@code seed=3} are no columns. */
    private static final String PATH_IS_NO_DATA = ", hive_partitioning = false";

    /** Numbers are FLOAT, so that decimals go to float32 at once, as in the folder format, and not through float64. */
    private static final String CSV_TYPES =
            "['BOOLEAN', 'TIME', 'DATE', 'TIMESTAMP', 'TIMESTAMPTZ', 'FLOAT', 'VARCHAR']";

    /** Rows may have many keys of one type; they are columns and no map. */
    private static final String WHOLE_JSON = ", format = 'newline_delimited', sample_size = -1, maximum_sample_files = "
            + Long.MAX_VALUE + ", map_inference_threshold = -1" + PATH_IS_NO_DATA;

    /** Types of JSON whose values, made text again, are as they were written. */
    private static final Set<String> AS_WRITTEN = Set.of("VARCHAR", "BIGINT", "UBIGINT", "BOOLEAN");

    String parquet(String source) {
        return "read_parquet(" + path(source) + PATH_IS_NO_DATA + ")";
    }

    /** Ids, labels and the like stay text. */
    String csv(String source) {
        String options = "read_csv(" + path(source) + ", header = true, nullstr = ['']" + PATH_IS_NO_DATA;
        List<SourceColumn> columns = engine.columns(options + ")");
        Set<String> texts = roles.among(names(columns));
        String types = columns.stream()
                .map(SourceColumn::name)
                .filter(name -> texts.contains(name) || categories.contains(name))
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
        String detected = "read_json(" + path(source) + WHOLE_JSON + ")";
        List<SourceColumn> columns = engine.columns(detected);
        Set<String> texts = roles.among(names(columns));
        if (columns.stream().allMatch(column -> isAsWritten(column, texts))) {
            return detected;
        }
        String types = columns.stream()
                .map(column -> Sql.text(column.name()) + ": "
                        + Sql.text(isAsWritten(column, texts) ? column.type() : "VARCHAR"))
                .collect(Collectors.joining(", "));
        return "read_json(" + path(source) + ", format = 'newline_delimited', columns = {" + types + "}"
                + PATH_IS_NO_DATA + ")";
    }

    private boolean isAsWritten(SourceColumn column, Set<String> texts) {
        return categories.contains(column.name())
                ? column.type().equals("VARCHAR")
                : !texts.contains(column.name()) || AS_WRITTEN.contains(column.type());
    }

    private static List<String> names(List<SourceColumn> columns) {
        return columns.stream().map(SourceColumn::name).toList();
    }

    /** A file there is, even if its name would be a pattern; anything else is DuckDB's to resolve. */
    private static String path(String source) {
        return Sql.text(Files.isRegularFile(Path.of(source)) ? source.replaceAll("[\\[*?]", "[$0]") : source);
    }
}
