package org.metafusion.sql;

import java.util.Locale;
import java.util.Optional;

/** The kinds of files that are tables, told by their endings. */
enum TableFile {
    PARQUET(".parquet"),
    CSV(".csv", ".csv.gz", ".tsv", ".tsv.gz"),
    JSON(".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    DATABASE(".duckdb");

    private final String[] names;

    TableFile(String... names) {
        this.names = names;
    }

    static Optional<TableFile> kind(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        for (TableFile kind : values()) {
            for (String ending : kind.names) {
                if (lower.endsWith(ending)) {
                    return Optional.of(kind);
                }
            }
        }
        return Optional.empty();
    }

    static String endings() {
        return ".parquet, .csv, .csv.gz, .tsv, .jsonl, .ndjson, .duckdb";
    }
}
