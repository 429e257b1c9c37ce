package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ComparisonSections;
import org.metafusion.cli.content.DataSection;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.data.folder.FolderData;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.strategy.Comparison;
import org.metafusion.ensemble.strategy.MeasuredRun;
import org.metafusion.report.Provenance;
import org.metafusion.report.content.ComparisonReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion cv}: how good a fitted model is, by repeated cross-validation. */
@Command(
        name = "cv",
        description = "Cross-validates: fits on all folds but one, measures on that one, over all folds.",
        footer = {
            "",
            "All rows of the data take part, whatever its split column says. Folds are stratified by class, or by the",
            "target's value; with --groups the rows of one group stay in one fold.",
            "",
            "Examples:",
            "  fusion cv birds --folds 10",
            "  fusion cv birds --folds 5 --repeats 3 --seed 7",
            "  fusion cv patients --groups patients/visits.csv --group-column patient",
            "  fusion cv wheat --splits wheat/extra/targets.csv --target env2"
        })
final class CvCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Option(names = "--folds", paramLabel = "K", description = "Folds (default: 5).")
    private Optional<Integer> folds = Optional.empty();

    @Option(names = "--repeats", paramLabel = "R", description = "How often all rows are dealt anew (default: 1).")
    private Optional<Integer> repeats = Optional.empty();

    @Mixin
    private GroupOptions groups = new GroupOptions();

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

    CvCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        requireOptions();
        report.prepare();
        FusionConfig config = settings.resolve();
        Renderer renderer = output.renderer(tools.terminal(), "cv");
        FolderData folder = task.readUnsplit(data, config.threads());
        MultimodalDataset rows =
                groups.applied(splits.retargeted(folder.dataset().train()));
        SplitPlan plan = plan(rows, config.options().training().seed());
        for (int run = 0; run < plan.ways(); run++) {
            plan.split(run); // Objects to a bad split before the work on the good ones.
        }
        renderer.section(DataSection.of(folder.report()));
        List<MeasuredRun> runs;
        Provenance provenance;
        try (TensorBackend backend = FitSettings.open(config, tools);
                Progress progress = output.progress(tools.terminal())) {
            runs = new Runs(plan, plan.ways(), config.options(), backend, progress).of(Comparison::committeeAlone);
            provenance = Provenance.of(rows.name(), config, backend.info());
        }
        ComparisonSections.crossValidation(rows.task(), runs).forEach(renderer::section);
        report.write(() -> ComparisonReport.crossValidation(rows.name(), rows.task(), runs, provenance), tools, output);
        renderer.finish();
        return 0;
    }

    private SplitPlan plan(MultimodalDataset rows, long seed) {
        return splits.plan(rows)
                .orElseGet(() -> SplitPlan.crossValidated(rows, folds.orElse(5), repeats.orElse(1), seed));
    }

    private void requireOptions() {
        requireAtLeast("--folds", folds, 2);
        requireAtLeast("--repeats", repeats, 1);
        if (splits.file().isPresent() && (folds.isPresent() || repeats.isPresent() || groups.areGiven())) {
            throw new FusionException("--splits says which rows are tested; leave out --folds, --repeats and --groups");
        }
        splits.require();
    }

    private static void requireAtLeast(String option, Optional<Integer> value, int least) {
        value.filter(count -> count < least).ifPresent(count -> {
            throw new FusionException(option + " must be " + least + " or more but is " + count);
        });
    }
}
