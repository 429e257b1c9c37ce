package org.metafusion.data.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;

/**
 * Reads data sets that are folders.
 *
 * <pre>
 * birds/
 *   labels.csv     id,label,split      split is train or test; without the column every row is train
 *   image.csv      id,pixel_0,...      one file per modality, named after it; columns are features
 *   text.csv       id,word_0,...
 * </pre>
 *
 * <p>Files are UTF-8, comma-separated, with a header whose first column is {@code id}. Rows come in the order of
 * {@code labels.csv}. A row that a modality's file lacks, or whose cells there are all empty, lacks that modality;
 * anything else must be a finite decimal number. Subfolders and other files are ignored.
 *
 * <p>The task, unless {@link ReadOptions#task()} sets it: labels that are all numbers, one of them with a fraction, are
 * regression. Whole numbers are classes if there are at most 20 different ones, or if they count up from 0 or 1 without a
 * gap and there are five rows or more a value; else they are regression. Other labels are class names. Classes are sorted,
 * by value where all are whole numbers.
 */
public final class DataFolder {

    private DataFolder() {}

    /**
     * The labelled data of a folder.
     *
     * @throws FusionException if something in it cannot be used; the message names file, line and column
     */
    public static FolderData read(Path folder, ReadOptions options) {
        FolderFiles files = FolderFiles.of(folder);
        LabelRows labels = LabelRows.read(files.labels(), options.splitIgnored());
        return new FolderAssembly(nameOf(folder), labels, files.readAll(), options.task()).assemble();
    }

    /**
     * The samples of a folder, to predict for. {@code labels.csv} may be there but is not read. Rows come in the order in
     * which ids appear first in the files, these taken by name.
     *
     * @param expected the modalities a model knows; the result has all of them, in this order and with their columns'
     *     order. One without a file is missing in every row
     * @throws FusionException if a file is of no known modality or its columns are not the modality's, or something in it
     *     cannot be used
     */
    public static Samples readSamples(Path folder, List<Modality> expected) {
        List<FeatureRows> files = FolderFiles.of(folder).readAll(expected);
        Set<String> ids = new LinkedHashSet<>();
        files.forEach(file -> ids.addAll(file.ids()));
        List<String> rows = new ArrayList<>(ids);
        RowPlaces places = new RowPlaces(rows);
        Map<String, FeatureRows> byName =
                files.stream().collect(Collectors.toMap(file -> file.modality().name(), Function.identity()));
        List<FeatureTable> tables = new ArrayList<>();
        for (Modality modality : expected) {
            FeatureRows file = byName.get(modality.name());
            tables.add(file == null ? absent(modality, rows.size()) : places.table(file));
        }
        return new Samples(rows, tables);
    }

    private static FeatureTable absent(Modality modality, int rows) {
        BitSet all = new BitSet();
        all.set(0, rows);
        return new FeatureTable(modality, rows, new float[Math.multiplyExact(rows, modality.width())], all);
    }

    private static String nameOf(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "data" : name.toString();
    }
}
