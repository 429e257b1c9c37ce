package org.metafusion.sql;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.metafusion.core.FusionException;

/**
 * A mapping file (HOCON).
 *
 * <pre>
 * source = "birds-*.parquet"                  # or sources = ["birds.parquet", "SELECT id, age FROM owners"], joined by id
 * database = "birds.duckdb"                   # what queries see
 * id = uid, label = species                   # label = [y1, y2] are targets to regress on
 * split { test = 0.2, seed = 7 }              # or split = part
 * group = patient
 * modalities { image = "img_*", text = txt_emb, table = [age, sex], spectrum = "f0..f99" }
 * ignore = [notes]
 * features-in = file                          # or heap; by default whichever suits their size
 * duckdb { threads = 2, memory-limit = "2GB" }
 * </pre>
 */
record MappingFile(Path path, Config config) {

    private static final List<String> KEYS = List.of(
            "source",
            "sources",
            "database",
            "id",
            "label",
            "split",
            "group",
            "modalities",
            "ignore",
            "features-in",
            "duckdb.threads",
            "duckdb.memory-limit");

    static TableMapping read(Path path) {
        try {
            return new MappingFile(path, ConfigFactory.parseFile(path.toFile()).resolve()).mapping();
        } catch (ConfigException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            throw new FusionException(path + " is no mapping: " + reason, e);
        }
    }

    private TableMapping mapping() {
        requireKnownKeys();
        return new TableMapping(
                path,
                sources(),
                text("database").map(this::resolved),
                named(this::roles),
                new ColumnChoice(modalities(), list("ignore")),
                named(this::engine),
                text("features-in")
                        .map(name -> FeaturePlace.parse(path + ": features-in", name))
                        .orElse(FeaturePlace.AUTO));
    }

    /** What is wrong with a value, with the file it is in. */
    private <T> T named(Supplier<T> value) {
        try {
            return value.get();
        } catch (FusionException e) {
            throw new FusionException(path + ": " + e.getMessage(), e);
        }
    }

    private void requireKnownKeys() {
        for (String key : new TreeSet<>(config.root().keySet())) {
            if (KEYS.stream().noneMatch(known -> known.equals(key) || known.startsWith(key + "."))) {
                throw new FusionException(path + ": unknown key '" + key + "'; known are " + String.join(", ", KEYS));
            }
        }
    }

    private List<String> sources() {
        if (config.hasPath("source") == config.hasPath("sources")) {
            throw new FusionException(
                    path
                            + ": give either source (a file, a pattern of files or a query) or sources (several, joined by id)");
        }
        List<String> given = config.hasPath("source") ? list("source") : list("sources");
        if (given.isEmpty()) {
            throw new FusionException(path + ": sources is empty; name a file or a query");
        }
        return given.stream()
                .map(source -> Relations.isQuery(source) || source.contains("://")
                        ? source
                        : resolved(source).toString())
                .toList();
    }

    private Path resolved(String file) {
        return Optional.ofNullable(path.toAbsolutePath().getParent())
                .map(folder -> folder.resolve(file))
                .orElse(Path.of(file));
    }

    private Roles roles() {
        boolean dealt = config.hasPath("split") && config.getValue("split").valueType() == ConfigValueType.OBJECT;
        Optional<RandomSplit> random = dealt
                ? Optional.of(new RandomSplit(
                        config.getDouble("split.test"),
                        config.hasPath("split.seed") ? config.getLong("split.seed") : 0))
                : Optional.empty();
        return new Roles(text("id"), list("label"), dealt ? Optional.empty() : text("split"), random, text("group"));
    }

    private Map<String, List<String>> modalities() {
        Map<String, List<String>> modalities = new LinkedHashMap<>();
        if (config.hasPath("modalities")) {
            config.getObject("modalities").keySet().stream()
                    .sorted()
                    .forEach(name -> modalities.put(name, list("modalities." + ConfigUtil.quoteString(name))));
        }
        return modalities;
    }

    private EngineOptions engine() {
        EngineOptions standard = EngineOptions.standard();
        return new EngineOptions(
                config.hasPath("duckdb.threads") ? config.getInt("duckdb.threads") : standard.threads(),
                text("duckdb.memory-limit").orElse(standard.memoryLimit()));
    }

    private Optional<String> text(String key) {
        return config.hasPath(key) ? Optional.of(config.getString(key)) : Optional.empty();
    }

    private List<String> list(String key) {
        if (!config.hasPath(key)) {
            return List.of();
        }
        return config.getValue(key).valueType() == ConfigValueType.LIST
                ? config.getStringList(key)
                : List.of(config.getString(key));
    }
}
