package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ComparisonSections;
import org.metafusion.cli.content.DataSection;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.simulation.MetaFusionSimulation;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.PaperOptions;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.report.Provenance;
import org.metafusion.report.content.ComparisonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion compare}: every way to fuse, side by side. */
@Command(
        name = "compare",
        description = "Compares every way to fuse on the test rows, over several seeds.",
        footer = {
            "",
            "A splits file is a CSV with the column id and either columns of train and test, one a run, or a column",
            "fold, each of which is the test rows of one run.",
            "",
            "Examples:",
            "  fusion compare birds --seeds 3",
            "  fusion compare birds --splits birds/extra/splits10.csv",
            "  fusion compare wheat --splits wheat/extra/targets.csv --target env2",
            "  fusion compare --setting 1.1 --seeds 10"
        })
final class CompareCommand implements Callable<Integer> {

    private static final int USUAL_RUNS = 5;

    @Parameters(paramLabel = "DATA", arity = "0..1", description = GivenData.WORDS)
    private Optional<Path> data = Optional.empty();

    @Option(
            names = "--setting",
            paramLabel = "NAME",
            description = "In place of DATA, a simulation of arXiv 2507.20089 (1.1, 1.2, 1.3, 2.1, 2.2, 2.3) under the"
                    + " options of the paper, simulated anew for each seed.")
    private Optional<String> setting = Optional.empty();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs, each with a seed of its own (default: " + USUAL_RUNS
                    + ", or one for each split of --splits).")
    private Optional<Integer> seeds = Optional.empty();

    @Mixin
    private SplitsOptions splits = new SplitsOptions();

    @Mixin
    private TaskOption task = new TaskOption();

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    CompareCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        requireOptions();
        report.prepare();
        FusionConfig config =
                setting.map(name -> settings.resolve(PaperOptions.of(name))).orElseGet(settings::resolve);
        Renderer renderer = output.renderer(tools.terminal(), "compare");
        try (TensorBackend backend = FitSettings.open(config, tools)) {
            if (setting.isPresent()) {
                simulated(MetaFusionSimulation.named(setting.get()), config, backend, renderer);
            } else {
                compareFolder(data.orElseThrow(), config, backend, renderer);
            }
        }
        renderer.finish();
        return 0;
    }

    private void simulated(
            MetaFusionSimulation simulation, FusionConfig config, TensorBackend backend, Renderer renderer) {
        renderer.section(new Section.Facts(
                "data",
                "",
                List.of(
                        new Fact("setting", "setting", Cell.of(simulation.name())),
                        new Fact("description", "description", Cell.of(simulation.description())))));
        SplitPlan plan =
                SplitPlan.simulated(simulation, config.options().training().seed());
        List<MeasuredRun> runs = run(plan, seeds.orElse(USUAL_RUNS), config.options(), backend);
        Task task = plan.split(0).train().task();
        new ComparisonSections(task, runs).all().forEach(renderer::section);
        write(
                "simulation " + simulation.name(),
                task,
                runs,
                Provenance.of(simulation.description(), config, backend.info()));
    }

    private void write(String title, Task learned, List<MeasuredRun> runs, Provenance provenance) {
        report.write(() -> ComparisonReport.comparison(title, learned, runs, provenance), tools, output);
    }

    private void compareFolder(Path path, FusionConfig config, TensorBackend backend, Renderer renderer) {
        boolean isDivided = splits.file().isPresent();
        int threads = config.threads();
        FolderData folder = isDivided ? task.readUnsplit(path, threads) : task.read(path, threads);
        MultimodalDataset all = splits.retargeted(folder.dataset().train());
        SplitPlan plan = splits.plan(all).orElseGet(() -> SplitPlan.own(folder.dataset(), task.given(path, threads)));
        int count = seeds.orElse(isDivided ? plan.ways() : USUAL_RUNS);
        for (int run = 0; run < Math.min(count, plan.ways()); run++) {
            plan.split(run); // Objects to a bad split before the work on the good ones.
        }
        renderer.section(DataSection.of(folder.report()));
        splits.file().ifPresent(file -> renderer.section(told(file)));
        List<MeasuredRun> runs = run(plan, count, config.options(), backend);
        new ComparisonSections(all.task(), runs).all().forEach(renderer::section);
        write(all.name(), all.task(), runs, Provenance.of(all.name(), config, backend.info()));
    }

    private Section told(Path file) {
        List<Fact> facts = new ArrayList<>(List.of(new Fact("splits", "splits of", Cell.of(file.toString()))));
        splits.target().ifPresent(column -> facts.add(new Fact("target", "target", Cell.of(column))));
        return new Section.Facts("", "", facts);
    }

    private void requireOptions() {
        seeds.filter(count -> count < 1).ifPresent(count -> {
            throw new FusionException("--seeds must be 1 or more but is " + count);
        });
        if (data.isPresent() == setting.isPresent()) {
            throw new FusionException("Give either DATA or --setting NAME"
                    + (data.isPresent() ? ", not both" : "; see fusion compare --help"));
        }
        if (setting.isPresent() && splits.file().isPresent()) {
            throw new FusionException("--splits divides the rows of DATA; leave it out with --setting");
        }
        splits.require();
    }

    private List<MeasuredRun> run(SplitPlan plan, int count, FitOptions options, TensorBackend backend) {
        try (Progress progress = output.progress(tools.terminal())) {
            return new Runs(plan, count, options, backend, progress).of(Comparison::run);
        }
    }
}
