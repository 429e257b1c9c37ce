package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ComparisonSections;
import org.metafusion.cli.content.DataSection;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.data.folder.SideTable;
import org.metafusion.data.folder.TaskChoice;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.StrategyOutcome;
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
            "  fusion compare wheat --splits wheat/extra/targets.csv --target env2"
        })
final class CompareCommand implements Callable<Integer> {

    private static final int USUAL_RUNS = 5;

    @Parameters(paramLabel = "DATA", description = "The data folder.")
    private Path data = Path.of("");

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many runs, each with a seed of its own (default: " + USUAL_RUNS
                    + ", or one for each split of --splits).")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--splits", paramLabel = "FILE", description = "Other splits than that of labels.csv.")
    private Optional<Path> splits = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "A column of the splits file to predict by regression in place of the labels.")
    private Optional<String> target = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            defaultValue = "auto",
            description = "auto (from the labels), classification or regression.")
    private String task = "auto";

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    CompareCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        requireOptions();
        ReadOptions reading = ReadOptions.defaults().withTask(TaskChoice.parse(task));
        FusionConfig config = settings.resolve();
        Renderer renderer = output.renderer(tools.terminal(), "compare");
        try (TensorBackend backend = FitSettings.open(config, tools)) {
            FolderData folder = DataFolder.read(data, splits.isPresent() ? reading.ignoringSplit() : reading);
            MultimodalDataset all = retargeted(folder.dataset().train());
            SplitPlan plan = splits.map(file -> SplitPlan.of(SideTable.read(file), all))
                    .orElseGet(() -> SplitPlan.own(folder.dataset()));
            renderer.section(DataSection.of(folder.report()));
            List<ComparisonSections.Run> runs = run(plan, config.options(), backend);
            new ComparisonSections(all.task(), runs).all().forEach(renderer::section);
        }
        renderer.finish();
        return 0;
    }

    private void requireOptions() {
        seeds.filter(count -> count < 1).ifPresent(count -> {
            throw new FusionException("--seeds must be 1 or more but is " + count);
        });
        if (target.isPresent() && splits.isEmpty()) {
            throw new FusionException("--target names a column of the splits file; give that with --splits");
        }
    }

    private List<ComparisonSections.Run> run(SplitPlan plan, FitOptions options, TensorBackend backend) {
        List<ComparisonSections.Run> runs = new ArrayList<>();
        int count = seeds.orElse(splits.isPresent() ? plan.ways() : USUAL_RUNS);
        try (Progress progress = output.progress(tools.terminal())) {
            for (int run = 0; run < count; run++) {
                progress.work("run " + (run + 1) + " of " + count);
                long seed = options.training().seed() + run;
                SplitDataset split = plan.split(run);
                long start = System.nanoTime();
                List<StrategyOutcome> outcomes = new Comparison(backend, options.withSeed(seed), progress).run(split);
                runs.add(new ComparisonSections.Run(
                        plan.name(run),
                        seed,
                        split.train().rows(),
                        split.test().rows(),
                        (System.nanoTime() - start) / 1e9,
                        outcomes));
            }
        }
        return runs;
    }

    /** With the values of the target column in place of the labels, where one is named. */
    private MultimodalDataset retargeted(MultimodalDataset rows) {
        if (target.isEmpty()) {
            return rows;
        }
        SideTable file = SideTable.read(splits.orElseThrow());
        String column = target.get();
        List<String> ids = rows.samples().ids();
        List<String> texts = file.values(column, ids);
        float[] values = new float[texts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(file, ids.get(i), column, texts.get(i));
        }
        return new MultimodalDataset(
                rows.name(), rows.samples(), new Targets.Values(new Task.Regression(List.of(column)), values));
    }

    private static float number(SideTable file, String id, String column, String text) {
        try {
            float value = Float.parseFloat(text);
            if (Float.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Worded below.
        }
        throw file.error(id, column, "must be a number but is '" + text + "'");
    }
}
