package org.metafusion.cli.command;

import java.nio.file.Path;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.data.folder.TaskChoice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a labelled data set is read: what its labels are, and what its columns. */
final class TaskOption {

    @Option(
            names = "--task",
            paramLabel = "TASK",
            defaultValue = "auto",
            description = "auto (from the labels), classification or regression.")
    private String task = "auto";

    @Mixin
    private TableOptions table = new TableOptions();

    /** @throws org.metafusion.core.FusionException if it is none of these */
    void require() {
        TaskChoice.parse(task);
    }

    /** Reads a data set under its own split. */
    FolderData read(Path data, int threads) {
        return given(data, threads).read(options());
    }

    /** Reads a data set with all rows as train rows, whatever its split column says. */
    FolderData readUnsplit(Path data, int threads) {
        return given(data, threads).read(options().ignoringSplit());
    }

    /** What names the columns, as a command line says it again. */
    String columnsAgain() {
        return table.columnsAgain();
    }

    /** @param threads of what reads a table; 0 for one a processor */
    GivenData given(Path data, int threads) {
        return table.of(data, threads);
    }

    private ReadOptions options() {
        return ReadOptions.defaults().withTask(TaskChoice.parse(task));
    }
}
