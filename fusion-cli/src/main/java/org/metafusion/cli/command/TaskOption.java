package org.metafusion.cli.command;

import java.nio.file.Path;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.data.folder.TaskChoice;
import picocli.CommandLine.Option;

/** What the labels of a data folder are. */
final class TaskOption {

    @Option(
            names = "--task",
            paramLabel = "TASK",
            defaultValue = "auto",
            description = "auto (from the labels), classification or regression.")
    private String task = "auto";

    /** @throws org.metafusion.core.FusionException if it is none of these */
    void require() {
        TaskChoice.parse(task);
    }

    /** Reads a folder under its own split. */
    FolderData read(Path folder) {
        return DataFolder.read(folder, options());
    }

    /** Reads a folder with all rows as train rows, whatever its split column says. */
    FolderData readUnsplit(Path folder) {
        return DataFolder.read(folder, options().ignoringSplit());
    }

    private ReadOptions options() {
        return ReadOptions.defaults().withTask(TaskChoice.parse(task));
    }
}
