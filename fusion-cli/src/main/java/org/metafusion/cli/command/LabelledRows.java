package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.ensemble.model.FusionModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The labelled rows of a data set that a model is measured on. */
final class LabelledRows {

    /** Which rows. */
    private enum Part {
        TEST,
        TRAIN,
        ALL;

        static Part parse(String name) {
            return Arrays.stream(values())
                    .filter(part -> part.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow(() -> new FusionException("--split must be test, train or all but is '" + name + "'"));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--split",
            paramLabel = "PART",
            defaultValue = "test",
            description = "The rows: test, train (which the model learned from) or all.")
    private String split = "test";

    @Mixin
    private TableOptions table = new TableOptions();

    /** @throws FusionException if the options are wrong */
    void require() {
        Part.parse(split);
    }

    /** What the rows are, such as {@code test}. */
    String part() {
        return Part.parse(split).toString();
    }

    /** What to say of rows that the model may know. */
    Optional<String> caution() {
        return Part.parse(split) == Part.TEST
                ? Optional.empty()
                : Optional.of("note: if the model was fitted to these data, it knows the train rows, so these figures"
                        + " flatter it");
    }

    /**
     * The rows of a data set.
     *
     * @param threads of what reads a table; 0 for one a processor
     * @throws FusionException if there are none, or they do not fit the model
     */
    MultimodalDataset of(FusionModel model, Path data, int threads) {
        Part part = Part.parse(split);
        GivenData given = table.of(data, threads);
        SplitDataset parts = given.labelled(model.modalities(), model.task(), part == Part.ALL);
        MultimodalDataset rows = part == Part.TEST ? parts.test() : parts.train();
        if (rows.rows() == 0) {
            throw new FusionException(given.title() + " has no " + part
                    + " rows; mark some in " + given.splitColumn() + " or choose other rows with --split "
                    + (part == Part.TEST ? "train or --split all" : "test or --split all"));
        }
        return rows;
    }
}
