package org.metafusion.ensemble.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * A key of the configuration.
 *
 * @param path in full, such as {@code fusion.training.epochs}
 * @param type of its value
 * @param meaning in one sentence
 * @param current its value in a configuration
 */
record ConfigKey<T>(String path, ValueType<T> type, String meaning, Function<FusionConfig, T> current) {

    /** The environment variable, such as {@code FUSION_TRAINING_EPOCHS}. */
    String variable() {
        return path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The value in {@code config} as a tree of lists, strings, numbers and booleans. */
    Object plain(FusionConfig config) {
        return type.plain(current.apply(config));
    }
}
