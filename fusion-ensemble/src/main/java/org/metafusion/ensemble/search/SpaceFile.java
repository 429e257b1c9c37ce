package org.metafusion.ensemble.search;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.metafusion.core.FusionException;

/**
 * A search space in a file (HOCON): each key of the configuration with the list of its values, such as
 * {@code training.dropout = [0, 0.3]} or {@code cohort.hidden = [[[128], []], [[64], []]]}.
 */
public final class SpaceFile {

    private static final ConfigRenderOptions ON_ONE_LINE =
            ConfigRenderOptions.concise().setJson(false);

    private SpaceFile() {}

    /** @throws FusionException if it cannot be read, or names an unknown key or a value that is not accepted */
    public static SearchSpace read(Path file) {
        if (!Files.isReadable(file)) {
            throw new FusionException("Search space '" + file + "' cannot be read; check the path");
        }
        Map<String, List<String>> values = new TreeMap<>();
        try {
            Config config = ConfigFactory.parseFile(file.toFile()).resolve();
            config.entrySet()
                    .forEach(entry ->
                            values.put(String.join(".", ConfigUtil.splitPath(entry.getKey())), values(entry, file)));
        } catch (ConfigException e) {
            throw new FusionException(
                    "Search space '" + file + "' cannot be understood: "
                            + String.valueOf(e.getMessage()).replaceAll("\\s+", " "),
                    e);
        }
        return SearchSpace.of(values);
    }

    private static List<String> values(Map.Entry<String, ConfigValue> entry, Path file) {
        if (entry.getValue().valueType() != ConfigValueType.LIST) {
            throw new FusionException("Search space '" + file + "' must give '" + entry.getKey()
                    + "' a list of values to try but gives "
                    + entry.getValue().render(ON_ONE_LINE));
        }
        return ((com.typesafe.config.ConfigList) entry.getValue())
                .stream().map(SpaceFile::notation).toList();
    }

    private static String notation(ConfigValue value) {
        if (value.valueType() == ConfigValueType.STRING) {
            return String.valueOf(value.unwrapped());
        }
        String text = value.render(ON_ONE_LINE);
        return value.valueType() == ConfigValueType.OBJECT && !text.startsWith("{") ? "{" + text + "}" : text;
    }
}
