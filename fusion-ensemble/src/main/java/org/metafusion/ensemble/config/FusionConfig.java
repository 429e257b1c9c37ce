package org.metafusion.ensemble.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.metafusion.core.FusionException;
import org.metafusion.core.fusion.OperatorSizes;
import org.metafusion.ensemble.committee.SelectionOptions;
import org.metafusion.ensemble.fit.CohortOptions;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.MutualOptions;
import org.metafusion.ensemble.fit.ValidationOptions;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.phase.TrainingOptions;

/**
 * Everything that may be configured, typed and checked.
 *
 * <p>A value comes from the first of these that has it: system properties ({@code -Dfusion.training.epochs=20}), the
 * environment ({@code FUSION_TRAINING_EPOCHS=20}: dots and dashes become underscores), a file in HOCON
 * ({@code fusion { training { epochs = 20 } }}), and {@link FitOptions#defaults()}. Every key is listed in {@link #keys()}; a
 * key that is not there is an error wherever it stands, and so is a value that is not accepted.
 *
 * @param backend name of the backend, or {@code auto}
 * @param threads of a CPU backend; 0 for one a processor
 * @param options how models are fitted
 */
public record FusionConfig(String backend, int threads, FitOptions options) {

    public FusionConfig {
        if (backend.isBlank() || threads < 0) {
            throw new FusionException("A configuration needs a backend's name and 0 threads or more but got '" + backend
                    + "' and " + threads);
        }
    }

    /**
     * A key for people.
     *
     * @param path in full
     * @param variable the environment variable
     * @param type what is accepted
     * @param defaultValue in the notation of a file
     * @param meaning in one sentence
     */
    public record Key(String path, String variable, String type, String defaultValue, String meaning) {}

    /** Every key there is, in the order of the documentation. */
    public static List<Key> keys() {
        FusionConfig defaults = defaults();
        return ConfigKeys.ALL.stream()
                .map(key -> new Key(
                        key.path(),
                        key.variable(),
                        key.type().words(),
                        Notation.of(key.plain(defaults)),
                        key.meaning()))
                .toList();
    }

    /** What holds where nothing is configured. */
    public static FusionConfig defaults() {
        return new FusionConfig("auto", 0, FitOptions.defaults());
    }

    /**
     * From system properties and the environment.
     *
     * @throws FusionException if a key is unknown or a value is not accepted, saying where it is
     */
    public static FusionConfig load() {
        return defaults().withSources(Optional.empty());
    }

    /**
     * From system properties, the environment and a file.
     *
     * @throws FusionException if the file cannot be read, a key is unknown or a value is not accepted, saying where it is
     */
    public static FusionConfig load(Path file) {
        return defaults().withSources(Optional.of(file));
    }

    /**
     * This configuration with what a file, if any, the environment and system properties say.
     *
     * @throws FusionException as {@link #load(Path)}
     */
    public FusionConfig withSources(Optional<Path> file) {
        return withSources(file, System.getProperties(), System.getenv());
    }

    FusionConfig withSources(Optional<Path> file, Properties properties, Map<String, String> environment) {
        return of(new ConfigValues(this)
                .add(file.map(ConfigSources::file).orElse(List.of()))
                .add(ConfigSources.environment(environment))
                .add(ConfigSources.properties(properties)));
    }

    /**
     * This configuration with some values changed, as a command line gives them: {@code training.epochs} (or
     * {@code fusion.training.epochs}) to {@code 20}.
     *
     * @throws FusionException if a key is unknown or a value is not accepted
     */
    public FusionConfig with(Map<String, String> overrides) {
        return of(new ConfigValues(this).add(ConfigSources.overrides(overrides)));
    }

    /** All values by path, as trees of maps, lists, strings, numbers and booleans; kept in a model's provenance. */
    public Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        ConfigKeys.ALL.forEach(key -> values.put(key.path(), key.plain(this)));
        return values;
    }

    /**
     * The text of a configuration file that gives what is not the default of these values, but for where to compute
     * ({@code backend}, {@code threads}), which is another machine's own affair.
     */
    public String asFile() {
        Map<String, Object> changed = values();
        changed.entrySet().removeAll(defaults().values().entrySet());
        changed.keySet().removeAll(List.of(ConfigKeys.BACKEND.path(), ConfigKeys.THREADS.path()));
        return changed.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + Notation.of(entry.getValue()) + "\n")
                .collect(Collectors.joining());
    }

    private static FusionConfig of(ConfigValues values) {
        FitOptions options = new FitOptions(
                new CohortOptions(
                        values.get(ConfigKeys.REPRESENTATIONS),
                        values.get(ConfigKeys.HIDDEN),
                        values.get(ConfigKeys.SUITED_HEADS),
                        values.get(ConfigKeys.OPERATORS),
                        new OperatorSizes(values.get(ConfigKeys.OPERATOR_WIDTH), values.get(ConfigKeys.OPERATOR_RANK)),
                        values.get(ConfigKeys.MAX_STUDENTS),
                        values.get(ConfigKeys.ENCODERS)),
                training(values),
                new MutualOptions(
                        values.get(ConfigKeys.SCHEME),
                        values.get(ConfigKeys.RHOS),
                        values.get(ConfigKeys.CLUSTERS),
                        values.get(ConfigKeys.RHO_JUDGE),
                        values.get(ConfigKeys.CONTINUED)),
                values.get(ConfigKeys.RULE),
                values.section("committee", () -> selection(values)),
                new ValidationOptions(
                        values.get(ConfigKeys.VALIDATION_FRACTION),
                        values.get(ConfigKeys.FOLDS),
                        values.get(ConfigKeys.CROSS_FITTED_BELOW)),
                new ModulationOptions(
                        values.get(ConfigKeys.MODULATION),
                        values.get(ConfigKeys.MODULATION_ALPHA),
                        values.get(ConfigKeys.MODULATION_CAP),
                        values.get(ConfigKeys.MODULATION_SCOPE)));
        return new FusionConfig(
                values.get(ConfigKeys.BACKEND),
                values.get(ConfigKeys.THREADS),
                options.withSeed(values.get(ConfigKeys.SEED)));
    }

    private static TrainingOptions training(ConfigValues values) {
        return new TrainingOptions(
                values.get(ConfigKeys.EPOCHS),
                values.get(ConfigKeys.BATCH_SIZE),
                values.get(ConfigKeys.LEARNING_RATE),
                values.get(ConfigKeys.WEIGHT_DECAY),
                values.get(ConfigKeys.DROPOUT),
                values.get(ConfigKeys.PATIENCE),
                values.get(ConfigKeys.TEMPERATURE),
                values.get(ConfigKeys.TARGET_DEVIATION),
                values.get(ConfigKeys.MODALITY_DROPOUT),
                values.get(ConfigKeys.SEED));
    }

    private static SelectionOptions selection(ConfigValues values) {
        return new SelectionOptions(
                values.get(ConfigKeys.PRUNE_FRACTION),
                values.get(ConfigKeys.INITIAL_MEMBERS),
                values.get(ConfigKeys.MAX_MEMBERS),
                values.base().options().selection().seed());
    }
}
