package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.DataSection;
import org.metafusion.cli.content.FitSections;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.data.file.AtomicFile;
import org.metafusion.data.folder.FolderData;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.report.content.FitReport;
import org.metafusion.report.words.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion fit}: from data to a model. */
@Command(
        name = "fit",
        description = "Fits a model to the train rows of a folder or a table. Test rows are not looked at.",
        footer = {
            "",
            "A data folder has labels.csv (id,label,split) and a CSV file per modality (id and features). What a table's",
            "columns are is said by their names, by --columns, or by a mapping file.",
            "",
            "Examples:",
            "  fusion fit birds -o birds.fusion",
            "  fusion fit wheat -o wheat.fusion --task regression --seed 7",
            "  fusion fit birds -o birds.fusion --set training.epochs=40",
            "  fusion fit birds -o birds.fusion --report birds.html"
        })
final class FitCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Written
    @Option(
            names = {"-o", "--output"},
            paramLabel = "MODEL",
            required = true,
            description = "The model file to write, such as birds.fusion.")
    private Path target = Path.of("");

    @Mixin
    private TaskOption task = new TaskOption();

    @Option(
            names = "--competition",
            description = "Also measure how modalities compete within students that join them, with and without"
                    + " modulation; trains a few further students.")
    private boolean competition;

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    FitCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        task.require();
        FusionConfig config = settings.resolve();
        Renderer renderer = output.renderer(tools.terminal(), "fit");
        try (Progress progress = output.progress(tools.terminal());
                MetaFusion fusion = FitSettings.build(config, tools, progress)) {
            new AtomicFile(target).requireWritable();
            report.prepare();
            FolderData folder = task.read(data, config.threads());
            renderer.section(DataSection.of(folder.report()));
            FitResult result = fit(fusion, folder.dataset().train());
            progress.close();
            try (FusionModel model = result.model()) {
                tools.saving().run(() -> MetaFusion.save(model, tools.store(), target));
                report.write(() -> FitReport.of(result), tools, output);
            }
            new FitSections(result).all().forEach(renderer::section);
            renderer.section(saved(result, folder.report().testRows()));
        }
        renderer.finish();
        return 0;
    }

    /** What cannot be watched is refused before anything long is begun. */
    private FitResult fit(MetaFusion fusion, MultimodalDataset train) {
        if (!competition) {
            return fusion.fit(train);
        }
        CompetitionReport competing = fusion.competition(train);
        return fusion.fit(train).with(competing);
    }

    private Section saved(FitResult result, int testRows) {
        Section facts = new Section.Facts(
                "",
                "",
                List.of(
                        new Fact("model", "model", Cell.of(target.toString())),
                        new Fact("seconds", "seconds", Cell.of(result.seconds()))));
        String next = testRows > 0
                ? "Its " + Figures.count(testRows, "test row") + " were not looked at; measure with: fusion evaluate "
                        + ShellWord.of(target) + " " + ShellWord.of(data) + task.columnsAgain()
                : "Predict with: fusion predict " + ShellWord.of(target) + " DATA";
        return new Section.Said(
                "", List.of("Model saved to " + target + " after " + Figures.duration(result.seconds()), next), facts);
    }
}
