package org.metafusion.ensemble.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.metafusion.core.FusionException;

/** What the places a configuration comes from say, as {@link Setting}s. */
final class ConfigSources {

    /** System properties of ours that others read: tests, and switches of a backend. */
    private static final List<String> FOREIGN_PROPERTIES = List.of(
            "fusion.oracle.dir", "fusion.data.dir", "fusion.require", "fusion.cpu.", "fusion.cuda.", "fusion.test.");

    /** Environment variables of the launcher, and a secret that is no setting. */
    private static final List<String> FOREIGN_VARIABLES =
            List.of("FUSION_HOME", "FUSION_OPTS", "FUSION_JAVA", "FUSION_ADMIN_TOKEN");

    private static final String VARIABLE_PREFIX = "FUSION_";

    private ConfigSources() {}

    /** A file in HOCON (or JSON, or of Java properties). */
    static List<Setting> file(Path file) {
        if (!Files.isReadable(file)) {
            throw new FusionException("Configuration file '" + file + "' cannot be read; check the path");
        }
        try {
            Config config = ConfigFactory.parseFile(file.toFile()).resolve();
            List<Setting> settings = new ArrayList<>();
            config.entrySet().forEach(entry -> settings.add(setting(entry.getKey(), entry.getValue(), file)));
            settings.sort(Comparator.comparing(Setting::path));
            return settings;
        } catch (ConfigException e) {
            throw new FusionException(
                    "Configuration file '" + file + "' cannot be understood: "
                            + String.valueOf(e.getMessage())
                                    .replaceAll("\\s+", " ")
                                    .replace(file + ": ", "line "),
                    e);
        }
    }

    private static Setting setting(String quoted, ConfigValue value, Path file) {
        String path = String.join(".", ConfigUtil.splitPath(quoted));
        ConfigOrigin origin = value.origin();
        String name = origin.filename() == null ? file.toString() : origin.filename();
        return new Setting(path, path, value.unwrapped(), name + ":" + origin.lineNumber());
    }

    /** System properties that start with {@code fusion.}. */
    static List<Setting> properties(Properties properties) {
        List<Setting> settings = new ArrayList<>();
        for (String name : new java.util.TreeSet<>(properties.stringPropertyNames())) {
            if (name.startsWith(ConfigKeys.ROOT) && FOREIGN_PROPERTIES.stream().noneMatch(name::startsWith)) {
                settings.add(new Setting(name, name, properties.getProperty(name), "system property"));
            }
        }
        return settings;
    }

    /** Environment variables that start with {@code FUSION_}. */
    static List<Setting> environment(Map<String, String> environment) {
        List<Setting> settings = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(VARIABLE_PREFIX) && FOREIGN_VARIABLES.stream().noneMatch(name::startsWith)) {
                String path = ConfigKeys.ALL.stream()
                        .filter(key -> key.variable().equals(name))
                        .map(ConfigKey::path)
                        .findFirst()
                        .orElse(name);
                settings.add(new Setting(path, name, value, "environment"));
            }
        });
        return settings;
    }

    /** Pairs of a command line; {@code fusion.} may be left out. */
    static List<Setting> overrides(Map<String, String> overrides) {
        List<Setting> settings = new ArrayList<>();
        overrides.forEach((name, value) -> {
            String path = name.startsWith(ConfigKeys.ROOT) ? name : ConfigKeys.ROOT + name;
            settings.add(new Setting(path, name, value, "command line"));
        });
        return settings;
    }
}
