package org.metafusion.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.metafusion.cli.content.PredictionSections;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Task;
import org.metafusion.data.file.AtomicFile;
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
        description = "Predicts every row of a data set, from the modalities it has. Labels are not needed.",
        footer = {
            "",
            "Examples:",
            "  fusion predict birds.fusion new-birds > predictions.csv",
            "  fusion predict birds.fusion new-birds -o predictions.csv",
            "  fusion predict birds.fusion new-birds.parquet -o predictions.csv"
        })
final class PredictCommand implements Callable<Integer> {

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            description =
                    "A folder with a CSV file for any of the model's modalities, or a table with their columns; of a"
                            + " table no more than a block of rows is held at a time.")
    private Path data = Path.of("");

    @Written
    @Option(
            names = {"-o", "--output"},
            paramLabel = "CSV",
            description = "The file to write; otherwise predictions go to standard output.")
    private Optional<Path> target = Optional.empty();

    @Mixin
    private TableOptions table = new TableOptions();

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
            GivenData given = table.of(data, models.threads());
            Map<List<String>, Long> counts = new LinkedHashMap<>();
            if (output.json()) {
                tell(model, given, counts);
            } else {
                PredictionsWriter writer = new PredictionsWriter(model.task());
                Consumer<PredictionsWriter.Sheet> rows =
                        sheet -> predict(model, given, counts, (ids, all) -> sheet.add(ids, values(all)));
                target.ifPresentOrElse(
                        file -> tools.saving().run(() -> writer.write(file, rows)), () -> print(writer, rows));
            }
            tools.terminal().out().requireWritten();
            String summary = PredictionSections.summary(counts);
            output.note(
                    tools.terminal(),
                    target.map(file -> summary + "; written to " + file).orElse(summary));
        }
        return 0;
    }

    private interface Predicted {
        void take(List<String> ids, List<Prediction> predictions);
    }

    private static void predict(
            FusionModel model, GivenData given, Map<List<String>, Long> counts, Predicted predicted) {
        given.samples(model.modalities(), block -> {
            List<Prediction> predictions = model.predict(block);
            predictions.forEach(prediction -> counts.merge(prediction.modalities(), 1L, Long::sum));
            predicted.take(block.ids(), predictions);
        });
    }

    private static List<double[]> values(List<Prediction> predictions) {
        return predictions.stream().map(Prediction::values).toList();
    }

    private void print(PredictionsWriter writer, Consumer<PredictionsWriter.Sheet> rows) {
        try {
            writer.write(tools.terminal().out(), rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A document holds every prediction, so this does too. */
    private void tell(FusionModel model, GivenData given, Map<List<String>, Long> counts) {
        List<String> ids = new ArrayList<>();
        List<Prediction> predictions = new ArrayList<>();
        predict(model, given, counts, (some, all) -> {
            ids.addAll(some);
            predictions.addAll(all);
        });
        Task task = model.task();
        target.ifPresent(file ->
                tools.saving().run(() -> new PredictionsWriter(task).write(file, ids, values(predictions))));
        Renderer renderer = output.renderer(tools.terminal(), "predict");
        target.ifPresent(file -> renderer.section(
                new Section.Facts("", "", List.of(new Fact("output", "output", Cell.of(file.toString()))))));
        renderer.section(PredictionSections.table(task, ids, predictions));
        renderer.finish();
    }
}
