package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.EvaluationSections;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.report.Provenance;
import org.metafusion.report.content.EvaluationReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fusion evaluate}: how good a model is on labelled rows. */
@Command(
        name = "evaluate",
        description = "Measures a model on the labelled rows of a folder or a table.",
        footer = {
            "",
            "Examples:",
            "  fusion evaluate birds.fusion birds",
            "  fusion evaluate birds.fusion birds --report birds-test.html",
            "  fusion evaluate birds.fusion birds --split all --json"
        })
final class EvaluateCommand implements Callable<Integer> {

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(index = "1", paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Mixin
    private LabelledRows labelled = new LabelledRows();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    EvaluateCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        Renderer renderer = output.renderer(tools.terminal(), "evaluate");
        labelled.require();
        report.prepare();
        try (FusionModel model = models.open(tools)) {
            MultimodalDataset rows = labelled.of(model, data, models.threads());
            labelled.caution().ifPresent(caution -> output.note(tools.terminal(), caution));
            List<Prediction> predictions = model.predict(rows.samples());
            new EvaluationSections(rows, predictions, labelled.part()).all().forEach(renderer::section);
            report.write(
                    () -> EvaluationReport.of(rows, predictions, labelled.part(), Provenance.of(model)), tools, output);
        }
        renderer.finish();
        return 0;
    }
}
