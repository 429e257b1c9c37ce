package org.metafusion.cli.command;

import java.nio.file.Path;
import java.util.Optional;
import org.metafusion.sql.FeaturePlace;
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

    @Option(
            names = "--features-in",
            paramLabel = "PLACE",
            description =
                    "Where a table's features lie: heap, file (a temporary one, for what is larger than the heap) or"
                            + " auto, which decides by their size.")
    private Optional<String> place = Optional.empty();

    boolean areGiven() {
        return columns.isPresent() || place.isPresent();
    }

    /** As a command line says it again, with a blank before it; empty where nothing was given. */
    String columnsAgain() {
        return columns.map(list -> " --columns " + ShellWord.of(list)).orElse("");
    }

    /** @param threads of what reads it; 0 for one a processor */
    GivenData of(Path path, int threads) {
        return new GivenData(path, columns, place.map(name -> FeaturePlace.parse("--features-in", name)), threads);
    }
}
