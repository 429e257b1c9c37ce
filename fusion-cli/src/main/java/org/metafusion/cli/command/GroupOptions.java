package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.data.folder.SideTable;
import picocli.CommandLine.Option;

/** Which rows belong together: by a file, or by the column group of labels.csv. */
final class GroupOptions {

    @Option(
            names = "--groups",
            paramLabel = "FILE",
            description =
                    "A CSV with the column id and one of groups, in place of the column group of labels.csv: rows of"
                            + " one group stay in one fold.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--group-column",
            paramLabel = "COLUMN",
            defaultValue = "group",
            description = "The column of the groups file (default: group).")
    private String column = "group";

    boolean areGiven() {
        return file.isPresent();
    }

    /** The rows in the groups of the file, where there is one. */
    MultimodalDataset applied(MultimodalDataset rows) {
        return file.map(SideTable::read)
                .map(table ->
                        rows.withGroups(table.values(column, rows.samples().ids())))
                .orElse(rows);
    }

    /** For a journal. */
    String words() {
        return file.map(path -> " by " + path + ":" + column).orElse("");
    }
}
