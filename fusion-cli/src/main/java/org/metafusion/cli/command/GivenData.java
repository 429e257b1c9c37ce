package org.metafusion.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.data.folder.DataFolder;
import org.metafusion.data.folder.FolderData;
import org.metafusion.data.folder.LabelledTable;
import org.metafusion.data.folder.ReadOptions;
import org.metafusion.data.folder.TableRows;
import org.metafusion.sql.FeaturePlace;
import org.metafusion.sql.RowHeads;
import org.metafusion.sql.SplitSamples;
import org.metafusion.sql.TableMapping;
import org.metafusion.sql.TableSource;

/**
 * The data set a command was given: a folder, a table, or a mapping file that says where tables are.
 *
 * @param columns which columns of a table are what, see {@link TableMapping#withColumns}
 * @param place where a table's features lie, if not where its mapping or their size says
 * @param threads that read a table; 0 for one a processor
 */
record GivenData(Path path, Optional<String> columns, Optional<FeaturePlace> place, int threads) {

    /** For the help. */
    static final String WORDS =
            "The data: a folder, a table (.parquet, .csv, .jsonl, .duckdb), or a mapping file (.conf)"
                    + " that says what a table's columns are.";

    /** Bytes of features in a block that is predicted at once. */
    private static final long BLOCK_BYTES = 64L << 20;

    private static final int MOST_ROWS = 1 << 16;
    private static final int LEAST_ROWS = 256;

    boolean isTable() {
        boolean table = Files.exists(path) ? !Files.isDirectory(path) : TableMapping.isKnown(path);
        if (!table && columns.isPresent()) {
            throw new FusionException("--columns names columns of a table, but " + path
                    + " is a folder, whose files are its modalities; leave it out");
        }
        if (!table && place.isPresent()) {
            throw new FusionException("--features-in is for tables, but " + path
                    + " is a folder, whose features are read into the heap; leave it out");
        }
        return table;
    }

    /** What messages call it. */
    String title() {
        return (Files.isDirectory(path) ? "Data folder " : "Data file ") + path;
    }

    /** The file that has the split column. */
    String splitFile() {
        return Files.isDirectory(path) ? "labels.csv" : String.valueOf(path.getFileName());
    }

    /** Where rows are marked as train or test. */
    String splitColumn() {
        return Files.isDirectory(path) ? "the split column of labels.csv" : "the split column";
    }

    /**
     * Whether a file is one that is read where a command is given {@code path}: of a data folder one of its tables, of a
     * mapping file one of its sources. What cannot be read has none; the command says so when it runs.
     */
    static boolean reads(Path path, Path file) {
        try {
            if (Files.isDirectory(path)) {
                return DataFolder.files(path).stream().anyMatch(table -> WrittenFiles.isSame(table, file));
            }
            return TableMapping.of(path).reads(file);
        } catch (FusionException e) {
            return false;
        }
    }

    /** The labelled rows, to learn from. */
    FolderData read(ReadOptions options) {
        if (!isTable()) {
            return DataFolder.read(path, options);
        }
        TableMapping mapping = mapping();
        try (TableSource table = TableSource.open(mapping)) {
            TableRows rows = rows(table);
            LabelledTable labels = LabelledTable.of(rows, options);
            SplitSamples features = table.features(rows.ids(), labels.train());
            FolderData data = labels.learnable(mapping.name(), features.train(), features.test());
            return LabelledTable.noted(data, table.notes());
        }
    }

    /** The labelled rows, to measure a model on. */
    SplitDataset labelled(List<Modality> modalities, Task task, boolean splitIgnored) {
        if (!isTable()) {
            return DataFolder.readLabelled(path, modalities, task, splitIgnored);
        }
        TableMapping mapping = mapping();
        try (TableSource table = TableSource.open(mapping, modalities)) {
            TableRows rows = rows(table);
            LabelledTable labels = LabelledTable.known(rows, task, splitIgnored);
            SplitSamples features = table.features(rows.ids(), labels.train());
            return labels.dataset(mapping.name(), features.train(), features.test());
        }
    }

    /** All rows, block by block, to predict for; a folder is one block. */
    void samples(List<Modality> modalities, Consumer<Samples> blocks) {
        if (!isTable()) {
            blocks.accept(DataFolder.readSamples(path, modalities));
            return;
        }
        long width = modalities.stream().mapToLong(Modality::width).sum();
        int rows = (int) Math.max(LEAST_ROWS, Math.min(MOST_ROWS, BLOCK_BYTES / (Float.BYTES * width)));
        try (TableSource table = TableSource.open(mapping(), modalities)) {
            table.stream(rows, blocks);
        }
    }

    private TableMapping mapping() {
        if (Files.exists(path) && !TableMapping.isKnown(path)) {
            throw new FusionException("Data file " + path
                    + " is of no kind that is known; give a data folder, or a file that ends in "
                    + TableMapping.endings());
        }
        TableMapping mapping = TableMapping.of(path).withThreads(threads);
        TableMapping chosen = columns.map(mapping::withColumns).orElse(mapping);
        return place.map(chosen::withPlace).orElse(chosen);
    }

    private TableRows rows(TableSource table) {
        RowHeads heads = table.heads();
        return new TableRows(
                path.toString(),
                heads.labelNames(),
                heads.ids(),
                new ArrayList<>(heads.labels()),
                heads.splits(),
                heads.groups());
    }
}
