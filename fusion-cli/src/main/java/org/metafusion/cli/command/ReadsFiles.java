package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.metafusion.core.FusionException;
import org.metafusion.ensemble.config.FusionConfig;

/** Options that have a command read files which the configuration names. */
interface ReadsFiles {

    /** The files of {@code cohort.encoders}. */
    List<Path> encoderFiles();

    /** Those of a configuration; none where it is wrong, which the command says when it runs. */
    static List<Path> encodersOf(Supplier<FusionConfig> config) {
        try {
            return config.get().options().cohort().encoders().values().stream()
                    .map(file -> Path.of(file.replaceFirst("#[^#]*$", "")))
                    .toList();
        } catch (FusionException e) {
            return List.of();
        }
    }
}
