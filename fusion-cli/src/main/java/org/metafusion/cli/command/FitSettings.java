package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options on how models are fitted. What is given on the command line goes before what the configuration has. */
final class FitSettings implements ReadsFiles {

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of splits, initial weights, batches and dropout: same seed, same model.")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--config", paramLabel = "FILE", description = "A configuration file (HOCON).")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            arity = "1",
            description = "One key of the configuration; may be repeated. See 'fusion config'.")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Override
    public List<Path> encoderFiles() {
        return ReadsFiles.encodersOf(this::resolve);
    }

    /** What holds: configuration file, environment and system properties below the command line. */
    FusionConfig resolve() {
        return over(FusionConfig.defaults());
    }

    /** As {@link #resolve()}, but with other defaults, those of a study or a paper; the default seed stays. */
    FusionConfig resolve(FitOptions options) {
        FusionConfig usual = FusionConfig.defaults();
        return over(new FusionConfig(
                usual.backend(),
                usual.threads(),
                options.withSeed(usual.options().training().seed())));
    }

    private FusionConfig over(FusionConfig base) {
        Map<String, String> overrides = new LinkedHashMap<>(keys);
        seed.ifPresent(value -> overrides.put("seed", value.toString()));
        overrides.putAll(compute.overrides());
        return base.withSources(config).with(overrides);
    }

    static TensorBackend open(FusionConfig config, Tools tools) {
        return tools.backends().get().open(config.backend(), new BackendConfig(config.threads()));
    }

    static MetaFusion build(FusionConfig config, Tools tools, TrainingListener listener) {
        return MetaFusion.configure()
                .backends(tools.backends().get())
                .config(config)
                .listener(listener)
                .build();
    }
}
