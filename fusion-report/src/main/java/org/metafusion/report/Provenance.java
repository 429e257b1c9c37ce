package org.metafusion.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.tensor.BackendInfo;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;

/**
 * Where results come from: data, seed, backend, versions and options, by name.
 *
 * @param facts without the options
 * @param options by path
 */
public record Provenance(Map<String, String> facts, Map<String, String> options) {

    private static final Map<String, String> NAMES = names();
    private static final String OPTIONS = "options";

    public Provenance {
        facts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        options = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** What a model says of itself. */
    public static Provenance of(FusionModel model) {
        Map<String, Object> known = model.describe().provenance();
        Map<String, String> facts = new LinkedHashMap<>();
        NAMES.forEach((key, name) ->
                Optional.ofNullable(known.get(key)).ifPresent(value -> facts.put(name, String.valueOf(value))));
        Map<String, String> options = new LinkedHashMap<>();
        if (known.get(OPTIONS) instanceof Map<?, ?> given) {
            given.forEach((key, value) -> options.put(String.valueOf(key), shown(value)));
        }
        return new Provenance(facts, options);
    }

    /** What is computed now, by this version on this Java. */
    public static Provenance of(String data, FusionConfig config, BackendInfo backend) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("data", data);
        facts.put("seed", String.valueOf(config.options().training().seed()));
        facts.put("backend", backend.name());
        facts.put("device", backend.device());
        facts.put("computes by", backend.detail());
        facts.put("Java", System.getProperty("java.runtime.version", "unknown"));
        facts.put(
                "MetaFusion",
                Optional.ofNullable(Provenance.class.getPackage().getImplementationVersion())
                        .orElse("development"));
        Map<String, String> options = new LinkedHashMap<>();
        config.values().forEach((path, value) -> options.put(path, shown(value)));
        return new Provenance(facts, options);
    }

    /** The same with one more fact. */
    public Provenance with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(facts);
        more.put(name, value);
        return new Provenance(more, options);
    }

    private static String shown(Object value) {
        if (value instanceof List<?> list) {
            List<String> parts = new ArrayList<>();
            list.forEach(part -> parts.add(shown(part)));
            return "[" + String.join(", ", parts) + "]";
        }
        return String.valueOf(value);
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("dataset", "data");
        names.put("trainRows", "rows learned from");
        names.put("validationRows", "validation rows");
        names.put("folds", "copies of each student");
        names.put("cohortSize", "students");
        names.put("seed", "seed");
        names.put("backend", "backend");
        names.put("device", "device");
        names.put("backendDetail", "computes by");
        names.put("java", "Java");
        names.put("metafusion", "MetaFusion");
        return names;
    }
}
