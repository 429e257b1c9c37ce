package org.metafusion.cli.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.DataSection;
import org.metafusion.cli.content.SearchSections;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.data.file.AtomicFile;
import org.metafusion.data.folder.FolderData;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.search.ConfigurationSearch;
import org.metafusion.ensemble.search.Criterion;
import org.metafusion.ensemble.search.SearchJournal;
import org.metafusion.ensemble.search.SearchOptions;
import org.metafusion.ensemble.search.SearchResult;
import org.metafusion.ensemble.search.SearchSpace;
import org.metafusion.ensemble.search.SpaceFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion search}: the configuration that generalises best. */
@Command(
        name = "search",
        description = "Searches for the configuration whose committee generalises best, within a budget.",
        footer = {
            "",
            "Only train rows are used: trials are scored by cross-validation among them, the better half of the trials",
            "goes on to more folds. Test rows are not looked at. With --journal a search that was stopped goes on.",
            "",
            "Examples:",
            "  fusion search birds --minutes 10 -o best.conf",
            "  fusion fit birds --config best.conf -o birds.fusion",
            "  fusion search birds --trials 40 --minutes 60 --journal birds.jsonl --space space.conf"
        })
final class SearchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Option(names = "--trials", paramLabel = "N", defaultValue = "24", description = "Configurations at most (24).")
    private int trials = 24;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "10",
            description = "Minutes after which no further fit is begun (10).")
    private double minutes = 10;

    @Option(names = "--folds", paramLabel = "K", defaultValue = "5", description = "Folds of the validation (5).")
    private int folds = 5;

    @Option(
            names = "--repeats",
            paramLabel = "R",
            defaultValue = "1",
            description = "How often the rows are dealt anew (1).")
    private int repeats = 1;

    @Mixin
    private GroupOptions groups = new GroupOptions();

    @Option(
            names = "--by",
            paramLabel = "CRITERION",
            defaultValue = "loss",
            description = "loss (cross-entropy or squared error) or error (accuracy or Pearson's r).")
    private String criterion = "loss";

    @Option(
            names = "--space",
            paramLabel = "FILE",
            description = "The keys to vary and their values (HOCON), such as training.dropout = [0, 0.3].")
    private Optional<Path> space = Optional.empty();

    @Written
    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Keep scores in this file, and go on from those it has.")
    private Optional<Path> journal = Optional.empty();

    @Written
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write the best configuration to this file, for --config.")
    private Optional<Path> best = Optional.empty();

    @Mixin
    private TaskOption task = new TaskOption();

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    SearchCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        require("--trials", trials >= 1, "1 or more", trials);
        require("--minutes", minutes > 0, "above 0", minutes);
        require("--folds", folds >= 2, "2 or more", folds);
        require("--repeats", repeats >= 1, "1 or more", repeats);
        FusionConfig config = settings.resolve();
        SearchOptions options = new SearchOptions(
                trials,
                60 * minutes,
                folds,
                repeats,
                config.options().training().seed(),
                criterion());
        best.ifPresent(file -> new AtomicFile(file).requireWritable());
        FolderData folder = task.read(data, config.threads());
        MultimodalDataset rows = groups.applied(folder.dataset().train());
        SearchSpace wanted =
                space.map(SpaceFile::read).orElseGet(() -> SearchSpace.standard(rows.modalities(), rows.rows()));
        SearchJournal kept = journal.<SearchJournal>map(file -> opened(file, rows, config, wanted))
                .orElse(SearchJournal.NONE);
        Renderer renderer = output.renderer(tools.terminal(), "search");
        renderer.section(DataSection.of(folder.report()));
        SearchResult result;
        try (TensorBackend backend = FitSettings.open(config, tools);
                Progress progress = output.progress(tools.terminal())) {
            result = new ConfigurationSearch(backend, config, wanted, options, kept).run(rows, (trial, fold, alive) -> {
                progress.work("trial " + trial.number() + " (" + alive + " in the race), fold " + (fold + 1) + " of "
                        + folds * repeats);
                return progress;
            });
        }
        new SearchSections(wanted.size(config), options, rows.task(), result)
                .all()
                .forEach(renderer::section);
        write(config.with(result.best().trial().settings()));
        renderer.finish();
        return 0;
    }

    private static void require(String option, boolean holds, String range, Object value) {
        if (!holds) {
            throw new FusionException(option + " must be " + range + " but is " + value);
        }
    }

    private Criterion criterion() {
        return switch (criterion.toLowerCase(Locale.ROOT)) {
            case "loss" -> Criterion.LOSS;
            case "error" -> Criterion.ERROR;
            default -> throw new FusionException("--by must be loss or error but is " + criterion);
        };
    }

    private JournalFile opened(Path file, MultimodalDataset rows, FusionConfig config, SearchSpace wanted) {
        Map<String, String> search = new LinkedHashMap<>();
        search.put("data", rows.name() + ", " + rows.rows() + " rows, digest " + DataDigest.of(rows));
        search.put("configuration", config.asFile());
        search.put("space", wanted.dimensions().toString());
        search.put("folds", folds + " x " + repeats);
        JournalFile opened = JournalFile.open(file, search);
        if (opened.size() > 0) {
            output.note(tools.terminal(), "going on from " + opened.size() + " scores of " + file);
        }
        return opened;
    }

    /** All that differs from the defaults, so that a fit with this file alone is the one that was scored. */
    private void write(FusionConfig found) {
        best.ifPresent(file -> {
            String text = "# found by fusion search " + data + "\n" + found.asFile();
            tools.saving()
                    .run(() -> new AtomicFile(file).write(out -> out.write(text.getBytes(StandardCharsets.UTF_8))));
            output.note(tools.terminal(), "written: " + file);
        });
    }
}
