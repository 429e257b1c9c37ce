package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.Backends;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.fit.FitOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on how models are fitted. What is given on the command line goes before what the configuration has. */
final class FitSettings {

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of splits, initial weights, batches and dropout: same seed, same model.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration file.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            arity = "1",
            description = "One key of the configuration; may be repeated.")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    FitOptions options() {
        return FitOptions.defaults().withSeed(seed());
    }

    long seed() {
        return seed.orElse(0L);
    }

    TensorBackend open(Tools tools) {
        int threads = compute.threads().orElse(0);
        return tools.backends().get().open(compute.backend().orElse(Backends.AUTO), new BackendConfig(threads));
    }

    MetaFusion build(Tools tools, TrainingListener listener) {
        return MetaFusion.configure()
                .backends(tools.backends().get())
                .backend(compute.backend().orElse(Backends.AUTO))
                .threads(compute.threads().orElse(0))
                .options(options())
                .listener(listener)
                .build();
    }
}
