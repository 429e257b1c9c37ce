package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ModelSections;
import org.metafusion.cli.report.Renderer;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.ModelDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fusion inspect}: what a model file holds. */
@Command(
        name = "inspect",
        description = "Shows what a model takes, predicts and consists of, and how it came about.",
        footer = {"", "Example:", "  fusion inspect birds.fusion"})
final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "MODEL", description = "A model file that 'fusion fit' wrote.")
    private Path file = Path.of("");

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    InspectCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        ModelDescription model = ModelDescription.of(
                ModelOptions.archive(FusionConfig.load()).restore(tools.store().load(file)));
        Renderer renderer = output.renderer(tools.terminal(), "inspect");
        new ModelSections(model).all().forEach(renderer::section);
        renderer.finish();
        return 0;
    }
}
