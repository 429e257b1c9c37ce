package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.metafusion.core.FusionException;
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
            description = "The column of the groups file (default: group).")
    private Optional<String> column = Optional.empty();

    /** Objects to a column without a file. */
    boolean areGiven() {
        if (column.isPresent() && file.isEmpty()) {
            throw new FusionException(
                    "--group-column names a column of the groups file; give that as well, with --groups FILE");
        }
        return file.isPresent();
    }

    /** The rows in the groups of the file, where there is one. */
    MultimodalDataset applied(MultimodalDataset rows) {
        if (!areGiven()) {
            return rows;
        }
        SideTable table = SideTable.read(file.orElseThrow());
        return rows.withGroups(
                table.values(column.orElse("group"), rows.samples().ids()));
    }
}
