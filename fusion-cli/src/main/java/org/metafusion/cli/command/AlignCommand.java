package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.metafusion.cli.content.AlignmentSections;
import org.metafusion.cli.content.DataSection;
import org.metafusion.cli.report.Renderer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.ensemble.config.FusionConfig;
import org.metafusion.training.alignment.AlignedEncoders;
import org.metafusion.training.alignment.AlignmentOptions;
import org.metafusion.training.alignment.AlignmentTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fusion align}: how well rows of one modality find themselves in another, before and after alignment. */
@Command(
        name = "align",
        description =
                "Aligns the modalities on the train rows by contrast, and shows how well test rows of one modality"
                        + " find themselves in another.",
        footer = {
            "",
            "Labels are not looked at. The representation con64 uses such encoders in a fit.",
            "",
            "Examples:",
            "  fusion align birds",
            "  fusion align birds --width 32 --hidden 0 --epochs 200"
        })
final class AlignCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DATA", description = GivenData.WORDS)
    private Path data = Path.of("");

    @Option(names = "--width", paramLabel = "N", defaultValue = "64", description = "Width of the embeddings.")
    private int width = 64;

    @Option(
            names = "--hidden",
            paramLabel = "N",
            defaultValue = "256",
            description = "Width of the encoders' hidden layer; 0 for linear encoders.")
    private int hidden = 256;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "100", description = "Epochs at most.")
    private int epochs = 100;

    @Mixin
    private TableOptions table = new TableOptions();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of initial weights and batches (default: 0).")
    private long seed;

    @Mixin
    private ComputeOptions compute = new ComputeOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    private final Tools tools;

    AlignCommand(Tools tools) {
        this.tools = tools;
    }

    @Override
    public Integer call() {
        FusionConfig config = compute.over(FusionConfig.load());
        AlignmentOptions options = options();
        Renderer renderer = output.renderer(tools.terminal(), "align");
        FolderData folder = table.of(data, config.threads()).read(ReadOptions.defaults());
        renderer.section(DataSection.of(folder.report()));
        try (TensorBackend backend = FitSettings.open(config, tools)) {
            retrieval(new AlignmentTrainer(backend), folder.dataset(), options)
                    .all()
                    .forEach(renderer::section);
        }
        renderer.finish();
        return 0;
    }

    private AlignmentOptions options() {
        if (hidden < 0) {
            throw new FusionException("--hidden must be 0 (linear encoders) or more but is " + hidden);
        }
        return AlignmentOptions.of(width, seed)
                .withHidden(hidden == 0 ? List.of() : List.of(hidden))
                .withEpochs(epochs);
    }

    private AlignmentSections retrieval(AlignmentTrainer trainer, SplitDataset dataset, AlignmentOptions options) {
        MultimodalDataset test = dataset.test();
        if (test.rows() == 0) {
            GivenData given = table.of(data, 0);
            throw new FusionException(given.title() + " has no test rows to find; mark some in " + given.splitColumn());
        }
        AlignedEncoders contrastive = trainer.fit(dataset.train(), options);
        AlignedEncoders canonical = trainer.canonical(dataset.train(), options.width());
        return new AlignmentSections(
                canonical.retrieval(test.samples()), contrastive.retrieval(test.samples()), options.width());
    }
}
