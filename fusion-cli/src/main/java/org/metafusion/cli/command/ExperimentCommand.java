package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ExperimentSections;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyContext;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.ensemble.study.catalog.Studies;
import org.metafusion.report.Provenance;
import org.metafusion.report.content.ExperimentReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion experiment}: a study of a paper's claim. */
@Command(
        name = "experiment",
        description = "Runs a study: measures what a paper claims, over several seeds, and says whether it held.",
        footer = {
            "",
            "Without NAME it lists the studies. The small size takes seconds and shows that a study works; whether a",
            "claim holds is a question for the paper's size.",
            "",
            "Examples:",
            "  fusion experiment",
            "  fusion experiment missing --size small",
            "  fusion experiment missing birds --splits birds/extra/splits10.csv --out results",
            "  fusion experiment rho --size paper --report rho.html"
        })
final class ExperimentCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", arity = "0..1", description = "The study.")
    private Optional<String> name = Optional.empty();

    @Parameters(
            index = "1",
            paramLabel = "DATA",
            arity = "0..1",
            description =
                    "Data in place of the study's own simulated data: a folder, a table (.parquet, .csv, .jsonl, .duckdb), or"
                            + " a mapping file (.conf).")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "small",
            description = "small (seconds), medium (up to an hour; few have it) or paper (minutes to hours).")
    private String size = "small";

    @Option(names = "--seeds", paramLabel = "N", description = "How many seeds, counted up from --seed.")
    private Optional<Integer> seeds = Optional.empty();

    @Option(names = "--splits", paramLabel = "FILE", description = "Other splits of DATA than that of labels.csv.")
    private Optional<Path> splits = Optional.empty();

    @Mixin
    private FitSettings settings = new FitSettings();

    @Mixin
    private ResultFolder results = new ResultFolder();

    @Mixin
    private ReportOption page = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    ExperimentCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        Renderer renderer = output.renderer(tools.terminal(), "experiment");
        if (name.isEmpty()) {
            renderer.section(ExperimentSections.list(Studies.all()));
        } else {
            run(Studies.named(name.get()), renderer);
        }
        renderer.finish();
        return 0;
    }

    private void run(Study study, Renderer renderer) {
        StudySize wanted = StudySize.parse(size);
        int usualSeeds = study.profile().seeds(wanted);
        requireOptions(study);
        FusionConfig config = settings.resolve(study.options(wanted));
        List<Long> repeated = StudyContext.seeds(config, seeds.orElse(usualSeeds));
        results.prepare(study.profile().name());
        page.prepare();
        CommandData given = CommandData.of(data.map(path -> table.of(path, config.threads())), splits);
        ExperimentSections sections = new ExperimentSections(study, wanted, repeated);
        String rows = data.map(Path::toString).orElse("simulated");
        Section head = sections.head(rows);
        renderer.section(head);
        long start = System.nanoTime();
        StudyReport report;
        try (Progress progress = output.progress(tools.terminal())) {
            report = study.run(new StudyContext(tools.backends().get(), config, wanted, repeated, given, progress));
        }
        List<Section> found = sections.found(report, (System.nanoTime() - start) / 1e9);
        found.forEach(renderer::section);
        if (output.json()) {
            renderer.section(ExperimentSections.rowsGroup(report));
        }
        page.write(() -> ExperimentReport.of(study, wanted, repeated, report, provenance(rows, config)), tools, output);
        List<Section> all = new ArrayList<>(List.of(head));
        all.addAll(found);
        all.add(ExperimentSections.rowsGroup(report));
        tools.saving()
                .run(() -> results.write(study.profile().name(), all, ExperimentSections.rows(report))
                        .forEach(file -> output.note(tools.terminal(), "written: " + file)));
    }

    private Provenance provenance(String rows, FusionConfig config) {
        try (TensorBackend backend = FitSettings.open(config, tools)) {
            return Provenance.of(rows, config, backend.info());
        }
    }

    private void requireOptions(Study study) {
        seeds.filter(count -> count < 1).ifPresent(count -> {
            throw new FusionException("--seeds must be 1 or more but is " + count);
        });
        if (data.isPresent() && !study.profile().takesData()) {
            throw new FusionException(
                    "Study '" + study.profile().name() + "' simulates its own data; leave out " + data.get());
        }
        if (splits.isPresent() && data.isEmpty()) {
            throw new FusionException("--splits divides the rows of a data set; name that after the study");
        }
        if (table.areGiven() && data.isEmpty()) {
            throw new FusionException("--columns and --features-in are about a table; name that after the study");
        }
    }
}
