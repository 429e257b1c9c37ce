package org.metafusion.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ExportSections;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.data.bundle.SafetensorsFile;
import org.metafusion.data.file.AtomicFile;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.ReadableWeights;
import org.metafusion.onnx.export.CheckedGraph;
import org.metafusion.onnx.export.OnnxExport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fusion export}: a model for other programs. */
@Command(
        name = "export",
        description = {
            "Writes a model for other programs: a committee as one ONNX graph, or all weights as safetensors.",
            "",
            "The graph takes each modality's features in their own unit and is written only if ONNX Runtime computes with it"
                    + " what the model predicts, to 1e-5."
        },
        footer = {
            "",
            "Examples:",
            "  fusion export birds.fusion -o birds.onnx",
            "  fusion export birds.fusion -o image.onnx --modalities image --rows birds",
            "  fusion export birds.fusion -o birds.safetensors"
        })
final class ExportCommand implements Callable<Integer> {

    private static final String ONNX = ".onnx";
    private static final String SAFETENSORS = ".safetensors";
    private static final long SEED = 1;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Written
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The file to write; its ending, .onnx or .safetensors, says what.")
    private Path target = Path.of("");

    @Option(
            names = "--modalities",
            paramLabel = "NAME",
            split = ",",
            description = "Export the committee that answers when just these are there; by default all.")
    private List<String> modalities = List.of();

    @Option(
            names = "--rows",
            paramLabel = "DATA",
            description =
                    "A data folder to compare graph and model on; by default random rows, drawn with each feature's"
                            + " mean and deviation in training.")
    private Optional<Path> rows = Optional.empty();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    ExportCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        boolean isGraph = isGraph();
        new AtomicFile(target).requireWritable();
        Section section;
        try (FusionModel model = models.open(tools)) {
            section = isGraph ? graph(model) : weights(model);
        }
        Renderer renderer = output.renderer(tools.terminal(), "export");
        renderer.section(section);
        renderer.finish();
        return 0;
    }

    private boolean isGraph() {
        String name = target.toString().toLowerCase(Locale.ROOT);
        if (!name.endsWith(ONNX) && !name.endsWith(SAFETENSORS)) {
            throw new FusionException(
                    "--output must end in .onnx (a committee as a graph) or .safetensors (the weights) but" + " is '"
                            + target + "'");
        }
        boolean isGraph = name.endsWith(ONNX);
        if (!isGraph && (!modalities.isEmpty() || rows.isPresent())) {
            throw new FusionException(
                    "--modalities and --rows are for .onnx; a .safetensors file has all weights, so leave"
                            + " them out");
        }
        return isGraph;
    }

    private Section graph(FusionModel model) {
        List<String> asked = modalities.isEmpty()
                ? model.modalities().stream().map(Modality::name).toList()
                : modalities;
        OnnxExport export = OnnxExport.of(model, asked);
        CheckedGraph graph = rows.map(folder -> export.checkedOn(DataFolder.readSamples(folder, model.modalities())))
                .orElseGet(() -> export.checkedOnRandomRows(SEED));
        AtomicFile file = new AtomicFile(target, OptionalLong.of(graph.bytes().length));
        tools.saving().run(() -> file.write(out -> out.write(graph.bytes())));
        return ExportSections.graph(target, graph, rows.isPresent());
    }

    private Section weights(FusionModel model) {
        ReadableWeights weights = ReadableWeights.of(model.content());
        tools.saving().run(() -> new SafetensorsFile(target).write(weights.tensors(), weights.metadata()));
        try {
            return ExportSections.weights(target, weights, Files.size(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
