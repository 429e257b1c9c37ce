package org.metafusion.sql;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.metafusion.core.FusionException;

/**
 * Makes one relation of a mapping's sources. Parquet files and tables of a database are read where they lie, as often as
 * need be. CSV, JSON, views and queries are read once into a table of DuckDB's, which fixes their order and types and is
 * written to disk where it outgrows the memory limit; so are sources that are joined.
 */
record Relations(Engine engine, TableMapping mapping, SourceFiles files) {

    private static final Pattern QUERY = Pattern.compile("(?is)\\s*(select|with|from)\\s.*");

    static boolean isQuery(String source) {
        return QUERY.matcher(source).matches();
    }

    /** What to write after FROM. */
    String relation() {
        mapping.database().ifPresent(file -> {
            requireThere(file.toString());
            attach(file.toString());
        });
        List<String> relations = new ArrayList<>();
        for (String source : mapping.sources()) {
            relations.add(relation(source, relations.size()));
        }
        return relations.size() == 1 ? relations.get(0) : joined(relations);
    }

    private String relation(String source, int number) {
        if (isQuery(source)) {
            return kept(number, "(" + source.strip().replaceAll(";+$", "") + "\n)");
        }
        requireThere(source);
        TableFile kind = TableFile.kind(source)
                .orElseThrow(() -> new FusionException(mapping.path() + ": source '" + source
                        + "' is of no kind that is known; give a query, or a file that ends in "
                        + TableFile.endings()));
        return switch (kind) {
            case PARQUET -> files.parquet(source);
            case CSV -> kept(number, files.csv(source));
            case JSON -> kept(number, files.json(source));
            case DATABASE -> onlyTable(source, number);
        };
    }

    private void requireThere(String source) {
        if (!Engine.isThere(source)) {
            throw new FusionException("There is no file " + source + "; check the path");
        }
        if (Engine.isEmpty(source)) {
            throw new FusionException(source + ": the file is empty; give a table with a row for each sample");
        }
    }

    private String kept(int number, String relation) {
        String name = "source_" + number;
        engine.execute("CREATE TABLE memory." + name + " AS SELECT * FROM " + relation);
        return "memory." + name;
    }

    private String onlyTable(String source, int number) {
        attach(source);
        List<List<String>> tables =
                engine.all("SELECT table_name, 'table' FROM duckdb_tables() WHERE database_name = 'data'"
                        + " UNION ALL SELECT view_name, 'view' FROM duckdb_views() WHERE database_name = 'data' AND NOT"
                        + " internal ORDER BY 1");
        if (tables.size() != 1) {
            String names = tables.stream().map(row -> row.get(0)).collect(Collectors.joining(", "));
            throw new FusionException(source + " has " + (tables.isEmpty() ? "no table" : "the tables " + names)
                    + "; name one table by a query in a mapping file (database and source)");
        }
        String only = "data.main." + Sql.name(tables.get(0).get(0));
        return tables.get(0).get(1).equals("view") ? kept(number, only) : only;
    }

    private void attach(String file) {
        engine.execute("ATTACH " + Sql.text(file) + " AS data (READ_ONLY)");
        engine.execute("USE data");
    }

    /** The rows of all sources, each where its id comes first. */
    private String joined(List<String> relations) {
        String id = Sql.name(mapping.roles().id().orElse("id"));
        Set<String> seen = new HashSet<>();
        StringBuilder from = new StringBuilder();
        StringBuilder order = new StringBuilder();
        for (int s = 0; s < relations.size(); s++) {
            requireOwnColumns(relations.get(s), s, seen);
            new IdCheck(engine, relations.get(s)).require(mapping.roles().id().orElse("id"));
            String part =
                    "(SELECT *, row_number() OVER () AS fusion_row_" + s + " FROM " + relations.get(s) + ") s" + s;
            from.append(s == 0 ? part : " FULL JOIN " + part + " USING (" + id + ")");
            order.append(s == 0 ? "" : ", ").append("fusion_row_").append(s).append(" NULLS LAST");
        }
        String rows = java.util.stream.IntStream.range(0, relations.size())
                .mapToObj(s -> "fusion_row_" + s)
                .collect(Collectors.joining(", "));
        engine.execute(
                "CREATE TABLE memory.joined AS SELECT * EXCLUDE (" + rows + ") FROM " + from + " ORDER BY " + order);
        return "memory.joined";
    }

    private void requireOwnColumns(String relation, int number, Set<String> seen) {
        String id = mapping.roles().id().orElse("id");
        List<SourceColumn> columns = engine.columns(relation);
        if (columns.stream().noneMatch(column -> column.name().equals(id))) {
            throw new FusionException(mapping.path() + ": source " + (number + 1) + " has no column '" + id
                    + "'; sources are joined by it, so give each one, or name another by id");
        }
        for (SourceColumn column : columns) {
            if (!column.name().equals(id) && !seen.add(column.name().toLowerCase(Locale.ROOT))) {
                throw new FusionException(mapping.path() + ": column '" + column.name()
                        + "' is in two sources; rename it in one by a query");
            }
        }
    }
}
