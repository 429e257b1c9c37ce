package org.metafusion.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.PredictionSections;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;
import org.metafusion.data.file.AtomicFile;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.data.predictions.PredictionsWriter;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion predict}: what a model says about rows without labels. */
@Command(
        name = "predict",
        description = "Predicts every row of a data folder, from the modalities it has. Labels are not needed.",
        footer = {
            "",
            "Examples:",
            "  fusion predict birds.fusion new-birds > predictions.csv",
            "  fusion predict birds.fusion new-birds -o predictions.csv"
        })
final class PredictCommand implements Callable<Integer> {

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description = "A folder with a CSV file for any of the model's modalities.")
    private Path data = Path.of("");

    @Option(
            names = {"-o", "--output"},
            paramLabel = "CSV",
            description = "The file to write; otherwise predictions go to standard output.")
    private Optional<Path> target = Optional.empty();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    PredictCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        target.ifPresent(file -> new AtomicFile(file).requireWritable());
        try (FusionModel model = models.open(tools)) {
            Samples samples = DataFolder.readSamples(data, model.modalities());
            List<Prediction> predictions = model.predict(samples);
            List<double[]> values = predictions.stream().map(Prediction::values).toList();
            PredictionsWriter writer = new PredictionsWriter(model.task());
            target.ifPresent(file -> tools.saving().run(() -> writer.write(file, samples.ids(), values)));
            if (output.json()) {
                tell(model.task(), samples.ids(), predictions);
            } else if (target.isEmpty()) {
                print(writer, samples.ids(), values);
            }
            String summary = PredictionSections.summary(predictions);
            output.note(
                    tools.terminal(),
                    target.map(file -> summary + "; written to " + file).orElse(summary));
        }
        return 0;
    }

    private void print(PredictionsWriter writer, List<String> ids, List<double[]> values) {
        try {
            writer.write(tools.terminal().out(), ids, values);
            tools.terminal().out().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tell(Task task, List<String> ids, List<Prediction> predictions) {
        Renderer renderer = output.renderer(tools.terminal(), "predict");
        target.ifPresent(file -> renderer.section(
                new Section.Facts("", "", List.of(new Fact("output", "output", Cell.of(file.toString()))))));
        renderer.section(PredictionSections.table(task, ids, predictions));
        renderer.finish();
    }
}
