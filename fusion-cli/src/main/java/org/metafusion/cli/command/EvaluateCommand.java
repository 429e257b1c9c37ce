package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.EvaluationSections;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.ensemble.model.FusionModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion evaluate}: how good a model is on labelled rows. */
@Command(
        name = "evaluate",
        description = "Measures a model on the labelled rows of a data folder.",
        footer = {
            "",
            "Examples:",
            "  fusion evaluate birds.fusion birds",
            "  fusion evaluate birds.fusion birds --split all --json"
        })
final class EvaluateCommand implements Callable<Integer> {

    /** Which rows. */
    enum Part {
        TEST,
        TRAIN,
        ALL;

        static Part parse(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new FusionException("--split must be test, train or all but is '" + name + "'"));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(index = "1", paramLabel = "DATA", description = "The data folder.")
    private Path data = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "test",
            description = "The rows: test, train (which the model learned from) or all.")
    private String split = "test";

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    EvaluateCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        Part part = Part.parse(split);
        Renderer renderer = output.renderer(tools.terminal(), "evaluate");
        try (FusionModel model = models.open(tools)) {
            MultimodalDataset rows = rows(model, part);
            if (part != Part.TEST) {
                output.note(
                        tools.terminal(),
                        "note: if the model was fitted to this folder, it knows the train rows, so these figures"
                                + " flatter it");
            }
            new EvaluationSections(model, rows, part.toString()).all().forEach(renderer::section);
        }
        renderer.finish();
        return 0;
    }

    private MultimodalDataset rows(FusionModel model, Part part) {
        SplitDataset parts = DataFolder.readLabelled(data, model.modalities(), model.task(), part == Part.ALL);
        MultimodalDataset rows = part == Part.TEST ? parts.test() : parts.train();
        if (rows.rows() == 0) {
            throw new FusionException("Data folder " + data + " has no " + part
                    + " rows; mark some in the split column of labels.csv or choose other rows with --split "
                    + (part == Part.TEST ? "train or --split all" : "test or --split all"));
        }
        return rows;
    }
}
