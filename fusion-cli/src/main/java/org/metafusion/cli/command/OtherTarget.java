package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.data.folder.SideTable;

/** Rows with the values of a column of a side file in place of their labels. */
final class OtherTarget {

    private OtherTarget() {}

    /** The same rows where no column is named. */
    static MultimodalDataset of(MultimodalDataset rows, Optional<Path> file, Optional<String> column) {
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
