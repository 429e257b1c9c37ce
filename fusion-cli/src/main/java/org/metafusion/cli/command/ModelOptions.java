package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.Extractors;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ModelArchive;
import org.metafusion.ensemble.model.ModelContent;
import org.metafusion.ensemble.model.PredictionListener;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The model a command asks, and what it computes on. */
final class ModelOptions implements ReadsFiles {

    @Parameters(index = "0", paramLabel = "MODEL", description = "A model file that 'fusion fit' wrote.")
    private Path file = Path.of("");

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Override
    public List<Path> encoderFiles() {
        return ReadsFiles.encodersOf(FusionConfig::load);
    }

    /** Opens the model; close it. */
    FusionModel open(Tools tools) {
        return open(tools, PredictionListener.SILENT);
    }

    /** The same, with one who is told of its predictions. */
    FusionModel open(Tools tools, PredictionListener listener) {
        FusionConfig config = FusionConfig.load();
        BackendConfig threads = new BackendConfig(threads());
        ModelContent content = content(tools, config);
        TensorBackend backend = tools.backends().get().open(compute.backend().orElse(config.backend()), threads);
        return FusionModel.owning(content, backend, listener);
    }

    private ModelContent content(Tools tools, FusionConfig config) {
        return archive(config).restore(tools.store().load(file));
    }

    /** Of models that may read the encoders a configuration names. */
    static ModelArchive archive(FusionConfig config) {
        return new ModelArchive(
                FusionOperators.standard(), Extractors.of(config.options().cohort()));
    }

    /** Threads asked for, 0 for one a processor. */
    int threads() {
        return compute.threads().orElseGet(() -> FusionConfig.load().threads());
    }

    Path file() {
        return file;
    }
}
