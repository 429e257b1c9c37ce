package org.metafusion.data.folder;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Task;

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
 * {@code labels.csv}, modalities by name. A row that a modality's file lacks, or whose cells there are all empty, lacks
 * that modality; anything else must be a finite decimal number. Every id must have a label, and values in one modality at
 * least. Subfolders, files of other kinds, and names that start with {@code .} or {@code ~} are ignored.
 *
 * <p>The task, unless {@link ReadOptions#task()} sets it: labels that are all numbers, one of them with a fraction, are
 * regression. Whole numbers are classes if there are at most 20 different ones, or if they count up from 0 or 1 without a
 * gap and there are five rows or more a value; else they are regression. Other labels are class names. Classes are sorted,
 * by value where all are whole numbers.
 */
public final class DataFolder {

    private DataFolder() {}

    /**
     * The files of a folder that are read: those of the modalities, by name, and {@code labels.csv}, there or not.
     *
     * @throws org.metafusion.core.FusionException if there is no such folder or it cannot be read
     */
    public static List<Path> files(Path folder) {
        List<Path> files = new ArrayList<>(FolderFiles.of(folder).modalities());
        files.add(folder.resolve(FolderFiles.LABELS));
        return files;
    }

    /**
     * The labelled data of a folder, to learn from.
     *
     * @throws org.metafusion.core.FusionException if something in it cannot be used; the message names file, line and
     *     column
     */
    public static FolderData read(Path folder, ReadOptions options) {
        FolderFiles files = FolderFiles.of(folder);
        LabelRows labels = LabelRows.read(files.labels(), options.splitIgnored());
        List<FeatureRows> features = files.readAll();
        LabelTask decision = LabelTask.of(labels, options.task());
        Learnable learnable = new Learnable(labels, features, decision);
        learnable.requireTrainRows();
        SplitDataset dataset = new FolderAssembly(nameOf(folder), labels, features, decision.task()).split();
        learnable.check(dataset.train());
        return new FolderData(dataset, new FolderSurvey(dataset, labels, decision).report());
    }

    /**
     * The labelled data of a folder, to measure a model that exists: modalities as for {@link #readSamples}, labels of the
     * model's task, and either part may have no rows.
     *
     * @throws org.metafusion.core.FusionException as above, and for a label the model does not know
     */
    public static SplitDataset readLabelled(Path folder, List<Modality> expected, Task task) {
        return readLabelled(folder, expected, task, false);
    }

    /**
     * As above.
     *
     * @param splitIgnored whether every row counts as train, whatever the split column holds
     */
    public static SplitDataset readLabelled(Path folder, List<Modality> expected, Task task, boolean splitIgnored) {
        FolderFiles files = FolderFiles.of(folder);
        LabelRows labels = LabelRows.read(files.labels(), splitIgnored);
        LabelTask.requireKnown(labels, task);
        return new FolderAssembly(nameOf(folder), labels, files.readAll(expected), task).split();
    }

    /**
     * The samples of a folder, to predict for. {@code labels.csv} may be there but is not read. Rows come in the order in
     * which ids appear first in the files, these taken in the model's order.
     *
     * @param expected the modalities a model knows; the result has all of them, in this order and with their columns'
     *     order. One without a file is missing in every row
     * @throws org.metafusion.core.FusionException if a file is of no known modality or its columns are not the modality's,
     *     or something in it cannot be used
     */
    public static Samples readSamples(Path folder, List<Modality> expected) {
        List<FeatureRows> files = FolderFiles.of(folder).readAll(expected);
        Set<String> ids = new LinkedHashSet<>();
        files.forEach(file -> ids.addAll(file.ids()));
        List<String> rows = new ArrayList<>(ids);
        RowPlaces places = new RowPlaces(rows);
        return new Samples(rows, files.stream().map(places::table).toList());
    }

    private static String nameOf(Path folder) {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? "data" : name.toString();
    }
}
