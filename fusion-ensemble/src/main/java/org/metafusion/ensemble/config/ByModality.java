package org.metafusion.ensemble.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A value for each modality; where several sources name modalities, all of them count. */
record ByModality<T>(ValueType<T> values, String words) implements ValueType<Map<String, T>> {

    @Override
    public Optional<Map<String, T>> read(Object raw) {
        return map(raw).flatMap(this::all);
    }

    private Optional<Map<String, T>> all(Map<?, ?> raw) {
        Map<String, T> read = new TreeMap<>();
        raw.forEach(
                (modality, value) -> values.read(value).ifPresent(accepted -> read.put(modality.toString(), accepted)));
        return read.size() < raw.size() ? Optional.empty() : Optional.of(read);
    }

    private static Optional<Map<?, ?>> map(Object raw) {
        if (raw instanceof Map<?, ?> map) {
            return Optional.of(map);
        }
        String text = raw.toString().trim();
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ConfigFactory.parseString(text).root().unwrapped());
        } catch (ConfigException e) {
            return Optional.empty();
        }
    }

    @Override
    public Object plain(Map<String, T> value) {
        Map<String, Object> plain = new TreeMap<>();
        value.forEach((modality, kept) -> plain.put(modality, values.plain(kept)));
        return plain;
    }

    @Override
    public Map<String, T> merge(Map<String, T> lower, Map<String, T> higher) {
        Map<String, T> merged = new TreeMap<>(lower);
        merged.putAll(higher);
        return merged;
    }
}
