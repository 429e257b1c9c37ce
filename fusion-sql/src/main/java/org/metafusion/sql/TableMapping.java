package org.metafusion.sql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.FusionException;

/**
 * Where a table comes from and what its columns are.
 *
 * @param path the file that was named: the table itself, or a mapping file. Other files are relative to its folder
 * @param sources files, patterns of files, or SQL queries; several are joined by id
 * @param database a DuckDB database that queries see
 * @param place where features lie
 */
public record TableMapping(
        Path path,
        List<String> sources,
        Optional<Path> database,
        Roles roles,
        ColumnChoice columns,
        EngineOptions engine,
        FeaturePlace place) {

    private static final String ENDING = ".conf";

    public TableMapping {
        sources = List.copyOf(sources);
    }

    /** Whether the ending of a path is that of a table or of a mapping file. */
    public static boolean isKnown(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)
                || TableFile.kind(path.toString()).isPresent();
    }

    /** The endings of tables, and of mapping files, for messages. */
    public static String endings() {
        return TableFile.endings() + " or " + ENDING;
    }

    /**
     * The mapping in a file that ends in {@code .conf}, or of a table whose columns have their usual names.
     *
     * @throws FusionException if there is no such file or it is no mapping
     */
    public static TableMapping of(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new FusionException("There is no file " + path + "; check the path");
        }
        if (path.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
            return MappingFile.read(path);
        }
        return new TableMapping(
                path,
                List.of(path.toAbsolutePath().toString()),
                Optional.empty(),
                Roles.usual(),
                ColumnChoice.byName(),
                EngineOptions.standard(),
                FeaturePlace.AUTO);
    }

    /** What the data set is called: the file's name without its endings. */
    public String name() {
        String name = String.valueOf(path.getFileName());
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /**
     * Whether a file that is there is one of those the table is read from: the mapping file, the database, a source, or
     * one that a query has in quotes.
     */
    public boolean reads(Path file) {
        return new MappedFiles(this).have(file);
    }

    /** With so many threads, where the mapping has none. */
    public TableMapping withThreads(int threads) {
        return new TableMapping(path, sources, database, roles, columns, engine.withThreads(threads), place);
    }

    /** With the features somewhere else. */
    public TableMapping withPlace(FeaturePlace other) {
        return new TableMapping(path, sources, database, roles, columns, engine, other);
    }

    /**
     * With modalities and roles as in {@code image=img_*,text=txt_emb,table=age+sex,label=species}. {@code id}, {@code label},
     * {@code split} and {@code group} are roles, every other name is a modality. Columns not named are left out.
     *
     * @throws FusionException if the text is not of that form
     */
    public TableMapping withColumns(String text) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            String[] sides = part.split("=", -1);
            List<String> names = sides.length == 2
                    ? Arrays.stream(sides[1].split("\\+")).map(String::strip).toList()
                    : List.of();
            String key = sides[0].strip();
            if (key.isEmpty() || names.isEmpty() || names.contains("")) {
                throw new FusionException("--columns takes MODALITY=COLUMN,... but has '" + part.strip()
                        + "'; give it as in image=img_*,table=age+sex,label=species");
            }
            if (given.put(key, names) != null) {
                throw new FusionException("--columns names '" + key + "' twice; join its columns by +");
            }
        }
        return withColumns(given);
    }

    private TableMapping withColumns(Map<String, List<String>> given) {
        List<String> id = new ArrayList<>(roles.id().stream().toList());
        List<String> split = new ArrayList<>(roles.split().stream().toList());
        List<String> group = new ArrayList<>(roles.group().stream().toList());
        List<String> labels = Optional.ofNullable(given.remove("label")).orElse(roles.labels());
        replace(id, "id", given);
        replace(split, "split", given);
        replace(group, "group", given);
        Roles changed = new Roles(
                id.stream().findFirst(),
                labels,
                split.stream().findFirst(),
                roles.random(),
                group.stream().findFirst());
        ColumnChoice chosen = given.isEmpty() ? columns : new ColumnChoice(given, columns.ignored());
        return new TableMapping(path, sources, database, changed, chosen, engine, place);
    }

    private static void replace(List<String> named, String role, Map<String, List<String>> given) {
        List<String> columns = Optional.ofNullable(given.remove(role)).orElse(named);
        if (columns.size() > 1) {
            throw new FusionException("--columns gives '" + role + "' several columns; name one");
        }
        named.clear();
        named.addAll(columns);
    }
}
