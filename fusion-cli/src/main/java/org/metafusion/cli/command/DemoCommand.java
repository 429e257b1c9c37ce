package org.metafusion.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.FitSections;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.FitResult;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.MutualOptions;
import org.metafusion.ensemble.fit.PaperOptions;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.report.content.FitReport;
import org.metafusion.report.words.Figures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fusion demo}: the whole method on simulated data. */
@Command(
        name = "demo",
        description = "Simulates data, fits a model, and shows which fusion was chosen and why. Needs no file.",
        footer = {"", "Examples:", "  fusion demo", "  fusion demo --setting 1.1 --seed 3"})
final class DemoCommand implements Callable<Integer> {

    private static final String DEFAULT = "default";
    private static final List<Double> BRIEF_RHOS = List.of(0.0, 1.0, 5.0);

    @Option(
            names = "--setting",
            paramLabel = "NAME",
            defaultValue = DEFAULT,
            description = "default, or a simulation of arXiv 2507.20089: 1.1, 1.2, 1.3, 2.1, 2.2 or 2.3,"
                    + " which take up to a minute.")
    private String setting = DEFAULT;

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    DemoCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        boolean small = setting.equals(DEFAULT);
        if (!small && !PaperOptions.settings().contains(setting)) {
            throw new FusionException("There is no setting '" + setting + "'; choose one of " + DEFAULT + ", "
                    + String.join(", ", PaperOptions.settings()));
        }
        MetaFusionSimulation simulation = MetaFusionSimulation.named(small ? MetaFusionSimulation.DEMO : setting);
        FusionConfig config = small ? settings.resolve() : settings.resolve(brief(PaperOptions.of(setting)));
        long seed = config.options().training().seed();
        report.prepare();
        Renderer renderer = output.renderer(tools.terminal(), "demo");
        try (Progress progress = output.progress(tools.terminal());
                MetaFusion fusion = FitSettings.build(config, tools, progress)) {
            SplitDataset data = simulation.generate(seed);
            renderer.section(told(simulation, data, seed));
            FitResult result = fusion.fit(data);
            progress.close();
            try (FusionModel model = result.model()) {
                new FitSections(result).all().forEach(renderer::section);
                report.write(() -> FitReport.of(result), tools, output);
            }
            renderer.section(new Section.Said(
                    "",
                    List.of("Done in " + Figures.duration(result.seconds()) + " on " + device(fusion)),
                    new Section.Facts("", "", List.of(new Fact("seconds", "seconds", Cell.of(result.seconds()))))));
        }
        renderer.finish();
        return 0;
    }

    /** With fewer rhos than the paper's, so that a demonstration stays under a minute. */
    private static FitOptions brief(FitOptions options) {
        MutualOptions mutual = options.mutual();
        return options.withMutual(
                new MutualOptions(mutual.scheme(), BRIEF_RHOS, mutual.clusters(), mutual.judge(), mutual.continued()));
    }

    private static String device(MetaFusion fusion) {
        return fusion.backend().info().name() + " (" + fusion.backend().info().device() + ")";
    }

    private static Section told(MetaFusionSimulation simulation, SplitDataset data, long seed) {
        List<Modality> modalities = data.train().modalities();
        Section facts = new Section.Facts(
                "data",
                "",
                List.of(
                        new Fact("name", "name", Cell.of(data.train().name())),
                        new Fact("description", "description", Cell.of(simulation.description())),
                        new Fact("seed", "seed", Cell.of(seed)),
                        new Fact("trainRows", "train rows", Cell.of(data.train().rows())),
                        new Fact("testRows", "test rows", Cell.of(data.test().rows()))));
        String shapes = String.join(
                " and ",
                modalities.stream()
                        .map(m -> m.name() + " of width " + m.width())
                        .toList());
        String task = data.train().task() instanceof Task.Classification classes
                ? "classification into " + classes.outputs() + " classes"
                : "regression";
        return new Section.Said(
                "Simulated data",
                List.of(
                        simulation.description(),
                        "Modalities " + shapes + "; " + task + "; "
                                + data.train().rows() + " train rows, "
                                + data.test().rows() + " test rows; seed " + seed + "."),
                facts);
    }
}
