package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.ImportanceSections;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.ensemble.importance.ModalityImportance;
import org.metafusion.ensemble.importance.PermutationImportance;
import org.metafusion.ensemble.importance.PermutationImportance.FeatureDrop;
import org.metafusion.ensemble.model.FusionModel;
import org.metafusion.report.Provenance;
import org.metafusion.report.content.ImportanceReport;
import org.metafusion.report.content.MeasuredRows;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion importance}: what each modality brings. */
@Command(
        name = "importance",
        description = "Says how much each modality brings to a model, on the labelled rows of a folder or a table.",
        footer = {
            "",
            "The Shapley value is what a modality is worth to a model that may lack others; the values sum to the gain",
            "over a constant prediction. The permutation drop is how far the score falls when a modality's rows are",
            "shuffled.",
            "",
            "Examples:",
            "  fusion importance birds.fusion birds",
            "  fusion importance birds.fusion birds --features 10"
        })
final class ImportanceCommand implements Callable<Integer> {

    private static final int REPEATS = 5;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Parameters(index = "1", paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Mixin
    private LabelledRows labelled = new LabelledRows();

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Also permute the features of each modality, in N groups of neighbouring columns.")
    private Optional<Integer> groups = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Seed of the permutations.")
    private long seed;

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    ImportanceCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        labelled.require();
        groups.filter(count -> count < 1).ifPresent(count -> {
            throw new FusionException("--features must be 1 or more but is " + count);
        });
        report.prepare();
        Renderer renderer = output.renderer(tools.terminal(), "importance");
        try (FusionModel model = models.open(tools)) {
            MultimodalDataset rows = labelled.of(model, data, models.threads());
            labelled.caution().ifPresent(caution -> output.note(tools.terminal(), caution));
            MeasuredRows measured = MeasuredRows.of(rows, labelled.part());
            ModalityImportance importance = ModalityImportance.of(model, rows, seed);
            List<FeatureDrop> features =
                    groups.map(count -> features(model, rows, count)).orElse(List.of());
            new ImportanceSections(measured, importance, features).all().forEach(renderer::section);
            report.write(
                    () -> ImportanceReport.of(
                            measured,
                            importance,
                            features,
                            ImportanceSections.sentences(importance),
                            Provenance.of(model)),
                    tools,
                    output);
        }
        renderer.finish();
        return 0;
    }

    private List<FeatureDrop> features(FusionModel model, MultimodalDataset rows, int count) {
        MultimodalDataset aligned = new MultimodalDataset(rows.name(), model.aligned(rows.samples()), rows.targets());
        PermutationImportance permutation = new PermutationImportance(model, aligned, REPEATS, seed);
        List<FeatureDrop> drops = new ArrayList<>();
        for (int m = 0; m < model.modalities().size(); m++) {
            drops.addAll(permutation.ofFeatures(m, count));
        }
        return drops;
    }
}
