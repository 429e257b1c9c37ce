package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.data.folder.SideTable;
import picocli.CommandLine.Option;

/** A file that divides the rows of a data set in its own ways, and may name another target. */
final class SplitsOptions {

    @Option(
            names = "--splits",
            paramLabel = "FILE",
            description =
                    "Other splits than that of labels.csv: a CSV with a column fold, or columns of train and test.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            description = "A column of the splits file to predict by regression in place of the labels.")
    private Optional<String> column = Optional.empty();

    /** @throws FusionException for a target without a file */
    void require() {
        if (column.isPresent() && file.isEmpty()) {
            throw new FusionException("--target names a column of the splits file; give that with --splits");
        }
    }

    Optional<Path> file() {
        return file;
    }

    Optional<String> target() {
        return column;
    }

    /** The divisions of the file, where there is one. */
    Optional<SplitPlan> plan(MultimodalDataset rows) {
        return file.map(path -> SplitPlan.of(SideTable.read(path), rows));
    }

    /** With the values of the target column in place of the labels, where one is named. */
    MultimodalDataset retargeted(MultimodalDataset rows) {
        return column.isEmpty() ? rows : of(rows, SideTable.read(file.orElseThrow()), column.get());
    }

    private static MultimodalDataset of(MultimodalDataset rows, SideTable file, String column) {
        List<String> ids = rows.samples().ids();
        List<String> texts = file.values(column, ids);
        float[] values = new float[texts.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(file, ids.get(i), column, texts.get(i));
        }
        return new MultimodalDataset(
                rows.name(),
                rows.samples(),
                new Targets.Values(new Task.Regression(List.of(column)), values),
                rows.groups());
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
