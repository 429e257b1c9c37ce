package org.metafusion.ensemble.config;

import java.util.List;

/**
 * A value that a source gives.
 *
 * @param path of the key, such as {@code fusion.training.epochs}
 * @param name as the source spells it, such as {@code FUSION_TRAINING_EPOCHS}
 * @param value raw; see {@link ValueType}
 * @param where for people, such as {@code my.conf:3}
 */
record Setting(String path, String name, Object value, String where) {

    /** What is shown of the value in a message. */
    String shown() {
        return value instanceof String ? "'" + value + "'" : String.valueOf(value);
    }

    /** The value as one of a modality. */
    Setting within(ConfigKey<?> key) {
        String modality = path.substring(key.path().length() + 1);
        return new Setting(path, name, java.util.Map.of(modality, value), where);
    }

    /** The settings' places, each once. */
    static String places(List<Setting> settings) {
        return String.join(
                ", ", settings.stream().map(Setting::where).distinct().toList());
    }
}
