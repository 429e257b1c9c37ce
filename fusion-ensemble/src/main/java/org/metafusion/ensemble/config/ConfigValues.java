package org.metafusion.ensemble.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.metafusion.core.FusionException;

/** Settings checked against the table of keys, over a configuration that holds for what they leave out. */
final class ConfigValues {

    private final FusionConfig base;
    private final Map<ConfigKey<?>, Object> values = new LinkedHashMap<>();
    private final List<Setting> settings = new ArrayList<>();

    ConfigValues(FusionConfig base) {
        this.base = base;
    }

    FusionConfig base() {
        return base;
    }

    /**
     * Takes settings of a higher rank than those so far.
     *
     * @throws FusionException if a key is unknown or a value is not accepted, saying where it is
     */
    ConfigValues add(List<Setting> more) {
        for (Setting setting : more) {
            add(setting);
        }
        return this;
    }

    private void add(Setting setting) {
        Optional<ConfigKey<?>> known = ConfigKeys.named(setting.path());
        if (known.isPresent()) {
            put(known.get(), setting);
        } else if (setting.path().startsWith(ConfigKeys.REPRESENTATIONS.path() + ".")) {
            put(ConfigKeys.REPRESENTATIONS, setting.within(ConfigKeys.REPRESENTATIONS));
        } else if (setting.path().startsWith(ConfigKeys.ENCODERS.path() + ".")) {
            put(ConfigKeys.ENCODERS, setting.within(ConfigKeys.ENCODERS));
        } else {
            throw unknown(setting);
        }
        settings.add(setting);
    }

    private <T> void put(ConfigKey<T> key, Setting setting) {
        T value = key.type()
                .read(setting.value())
                .orElseThrow(() -> new FusionException("Key '" + setting.name() + "' must be "
                        + key.type().words() + " but is " + setting.shown() + " (" + setting.where() + ")"));
        values.put(key, key.type().merge(get(key), value));
    }

    @SuppressWarnings("unchecked") // put has the type of the key
    <T> T get(ConfigKey<T> key) {
        Object value = values.get(key);
        return value == null ? key.current().apply(base) : (T) value;
    }

    /** What {@code make} makes; a failure says where the section's settings are. */
    <T> T section(String name, Supplier<T> make) {
        try {
            return make.get();
        } catch (FusionException e) {
            String section = ConfigKeys.ROOT + name;
            List<Setting> within =
                    settings.stream().filter(s -> s.path().startsWith(section)).toList();
            throw new FusionException(
                    "Section '" + section + "': " + e.getMessage() + " (" + Setting.places(within) + ")", e);
        }
    }

    private static FusionException unknown(Setting setting) {
        boolean variable = setting.path().equals(setting.path().toUpperCase(java.util.Locale.ROOT));
        Stream<String> names = ConfigKeys.ALL.stream().map(key -> variable ? key.variable() : key.path());
        Optional<String> below = ConfigKeys.ALL.stream()
                .map(ConfigKey::path)
                .filter(path -> path.startsWith(setting.path() + "."))
                .findFirst();
        if (below.isPresent()) {
            return new FusionException("Key '" + setting.name() + "' is a section with keys such as '" + below.get()
                    + "' but is set to " + setting.shown() + " (" + setting.where() + ")");
        }
        String nearest = names.min(Comparator.comparingInt(name -> EditDistance.between(setting.path(), name)))
                .orElseThrow();
        return new FusionException("Unknown key '" + setting.name() + "' (" + setting.where() + "); "
                + (isNear(setting.path(), nearest)
                        ? "did you mean '" + nearest + "'?"
                        : "the command 'fusion config' lists those there are"));
    }

    /** Whether no more than half of what was written, without the prefix that all have, differs. */
    private static boolean isNear(String written, String known) {
        String own = withoutPrefix(written);
        return 2 * EditDistance.between(own, withoutPrefix(known)) <= own.length();
    }

    private static String withoutPrefix(String path) {
        return path.replaceFirst("^(fusion\\.|FUSION_)", "");
    }
}
