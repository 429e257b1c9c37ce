package org.metafusion.cli.command;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ConfigReference;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.ensemble.config.FusionConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fusion config}: what can be configured, and what holds. */
@Command(
        name = "config",
        description = "Shows every key of the configuration: what holds here and what it means.",
        footer = {
            "",
            "A key is set by --set training.epochs=20, by -Dfusion.training.epochs=20 in JDK_JAVA_OPTIONS, by",
            "FUSION_TRAINING_EPOCHS=20 in the environment, or in the file of --config; the first of these that",
            "has it goes.",
            "",
            "Example:",
            "  fusion config --config birds.conf"
        })
final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    ConfigCommand(Tools tools) {
        this.tools = tools;
    }

    @Option(names = "--reference", description = "Print every key as a page of Markdown instead.")
    private boolean reference;

    @Override
    public Integer call() {
        if (reference) {
            tools.terminal().out().print(ConfigReference.markdown());
            return 0;
        }
        Map<String, Object> values = settings.resolve().values();
        List<List<Cell>> rows = FusionConfig.keys().stream()
                .map(key -> List.of(
                        Cell.of(key.path()),
                        Cell.of(Objects.requireNonNull(values.get(key.path())).toString()),
                        Cell.of(key.meaning()),
                        Cell.of(key.type()),
                        Cell.of(key.defaultValue()),
                        Cell.of(key.variable())))
                .toList();
        Renderer renderer = output.renderer(tools.terminal(), "config");
        renderer.section(new Section.Table(
                "keys",
                "",
                List.of(
                        Column.of("key", "key"),
                        Column.of("value", "value"),
                        Column.of("meaning", "meaning"),
                        Column.of("accepted", ""),
                        Column.of("default", ""),
                        Column.of("variable", "")),
                rows));
        renderer.finish();
        return 0;
    }
}
