package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.RobustnessSections;
import org.metafusion.cli.progress.Progress;
import org.metafusion.cli.report.Renderer;
import org.metafusion.cli.report.Section;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.ensemble.robustness.Disturbance;
import org.metafusion.ensemble.robustness.Robustness;
import org.metafusion.ensemble.robustness.RobustnessCurve;
import org.metafusion.report.Provenance;
import org.metafusion.report.content.MeasuredRows;
import org.metafusion.report.content.RobustnessReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion robustness}: what disturbed inputs do to a model. */
@Command(
        name = "robustness",
        description = "Measures how a model's score falls as its inputs are disturbed, beside late fusion.",
        footer = {
            "",
            "Disturbances: noise (factor 0 to 0.95), dropout of features, swap of rows, contradiction (a modality of a",
            "row with another label), and the attacks fgsm and pgd; in each modality and in all. The relative robustness is",
            "the mean score over the levels, the effective one the mean lead over the same model's late fusion.",
            "",
            "Examples:",
            "  fusion robustness birds.fusion birds",
            "  fusion robustness birds.fusion birds --kinds noise,swap --repeats 5 --out results"
        })
final class RobustnessCommand implements Callable<Integer> {

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(index = "1", paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Mixin
    private LabelledRows labelled = new LabelledRows();

    @Option(
            names = "--kinds",
            paramLabel = "KIND",
            split = ",",
            description = "Which disturbances, separated by commas; by default all.")
    private List<String> kinds = List.of();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often each is drawn; scores are the mean (default: 3).")
    private int repeats = 3;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of what is drawn.")
    private long seed;

    @Mixin
    private ResultFolder results = new ResultFolder();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    RobustnessCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        labelled.require();
        if (repeats < 1) {
            throw new FusionException("--repeats must be 1 or more but is " + repeats);
        }
        results.prepare("robustness");
        report.prepare();
        Renderer renderer = output.renderer(tools.terminal(), "robustness");
        try (FusionModel model = models.open(tools)) {
            MultimodalDataset rows = labelled.of(model, data, models.threads());
            labelled.caution().ifPresent(caution -> output.note(tools.terminal(), caution));
            List<Disturbance> chosen = chosen(model);
            List<RobustnessCurve> curves;
            try (Progress progress = output.progress(tools.terminal())) {
                curves = new Robustness(repeats, seed).measure(model, rows, chosen, progress::message);
            }
            RobustnessSections sections = new RobustnessSections(LeadMetric.of(model.task()), chosen, curves);
            MeasuredRows measured = MeasuredRows.of(rows, labelled.part());
            List<Section> all = new ArrayList<>(List.of(sections.head(measured, repeats, seed)));
            all.addAll(sections.all());
            all.forEach(renderer::section);
            report.write(
                    () -> RobustnessReport.of(
                            measured, LeadMetric.of(model.task()), curves, sections.sentences(), Provenance.of(model)),
                    tools,
                    output);
            tools.saving()
                    .run(() -> results.write("robustness", all, List.of(sections.points()))
                            .forEach(file -> output.note(tools.terminal(), "written: " + file)));
        }
        renderer.finish();
        return 0;
    }

    private List<Disturbance> chosen(FusionModel model) {
        List<Disturbance> known = Disturbance.standard(model);
        Set<String> wanted = new LinkedHashSet<>(kinds);
        known.forEach(disturbance -> wanted.remove(disturbance.name()));
        if (!wanted.isEmpty()) {
            throw new FusionException("Unknown disturbance '"
                    + wanted.iterator().next() + "'; --kinds takes "
                    + String.join(", ", known.stream().map(Disturbance::name).toList()));
        }
        return known.stream()
                .filter(disturbance -> kinds.isEmpty() || kinds.contains(disturbance.name()))
                .toList();
    }
}
