package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which columns of a table are what, for those who need no mapping file. */
final class TableOptions {

    @Option(
            names = "--columns",
            paramLabel = "LIST",
            description =
                    "Columns of a table by modality, such as image=img_*,text=txt_emb,table=age+sex,label=species;"
                            + " id, label, split and group are roles.")
    private Optional<String> columns = Optional.empty();

    GivenData of(Path path) {
        return new GivenData(path, columns);
    }
}
