package org.metafusion.data.folder;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.SplitDataset;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/**
 * The labels of a table that something else reads, under the rules of the folder format: the task, what is train and test,
 * and what there must be to learn from. {@link #train()} is known before any feature is read, so that features can be put
 * where they belong at once.
 */
public final class LabelledTable {

    private final LabelRows labels;
    private final TableRows rows;
    private final LabelTask decision;

    private LabelledTable(LabelRows labels, TableRows rows, LabelTask decision) {
        this.labels = labels;
        this.rows = rows;
        this.decision = decision;
    }

    /**
     * Rows to learn from.
     *
     * @throws org.metafusion.core.FusionException if labels, splits or groups cannot be used; the message names source, row
     *     and column
     */
    public static LabelledTable of(TableRows rows, ReadOptions options) {
        LabelRows labels = TableLabels.of(rows, options.splitIgnored());
        LabelTask decision =
                rows.labels().size() == 1 ? LabelTask.of(labels, options.task()) : severalTargets(rows, options);
        LabelledTable table = new LabelledTable(labels, rows, decision);
        table.learnable().requireTrainRows();
        return table;
    }

    /**
     * Rows to measure a model on that exists; either part may be empty. One label column may have any name; several are
     * known by those of the task's targets, in whatever order they come.
     *
     * @throws org.metafusion.core.FusionException as above, and for a label the model does not know
     */
    public static LabelledTable known(TableRows rows, Task task, boolean splitIgnored) {
        int columns = task instanceof Task.Regression ? task.outputs() : 1;
        if (rows.labels().size() != columns) {
            throw TableLabels.origin(rows)
                    .error("the model learned from " + Wording.count(columns, "label column") + " but "
                            + rows.labels().size() + " are named: " + Wording.names(rows.labelNames())
                            + "; name the same ones");
        }
        TableRows ordered = columns == 1 ? rows : inOrder(rows, task.names());
        LabelRows labels = TableLabels.of(ordered, splitIgnored);
        LabelTask.requireKnown(labels, task);
        return new LabelledTable(labels, ordered, new LabelTask(task, "the model's", false));
    }

    /** With the label columns of the targets, in their order. */
    private static TableRows inOrder(TableRows rows, List<String> targets) {
        List<List<String>> labels = new ArrayList<>();
        for (String target : targets) {
            int column = rows.labelNames().indexOf(target);
            if (column < 0) {
                throw TableLabels.origin(rows)
                        .error("the model predicts " + Wording.names(targets) + " but no label column is "
                                + Wording.quoted(target) + "; those named are " + Wording.names(rows.labelNames())
                                + ", so name the same ones");
            }
            labels.add(rows.labels().get(column));
        }
        return new TableRows(rows.source(), targets, rows.ids(), labels, rows.splits(), rows.groups());
    }

    private static LabelTask severalTargets(TableRows rows, ReadOptions options) {
        if (options.task() == TaskChoice.CLASSIFICATION) {
            throw TableLabels.origin(rows)
                    .error("classification takes one label column but "
                            + rows.labels().size() + " are named: " + Wording.names(rows.labelNames())
                            + "; name one, or choose the task regression");
        }
        return new LabelTask(new Task.Regression(rows.labelNames()), "several label columns are targets", true);
    }

    /** The rows to learn from; the others are test rows. */
    public BitSet train() {
        return (BitSet) labels.train().clone();
    }

    private int[] part(boolean train) {
        return IntStream.range(0, labels.rows())
                .filter(row -> labels.train().get(row) == train)
                .toArray();
    }

    /**
     * The data set with these features.
     *
     * @param train the features of the rows of {@link #train()}, in their order
     * @param test those of all others
     * @throws org.metafusion.core.FusionException if a row has no modality at all
     */
    public SplitDataset dataset(String name, Samples train, Samples test) {
        FolderAssembly assembly = new FolderAssembly(name, labels, List.of(), decision.task());
        SplitDataset dataset = new SplitDataset(part(name, train, assembly, true), part(name, test, assembly, false));
        assembly.requireFeatures(dataset.train());
        assembly.requireFeatures(dataset.test());
        return dataset;
    }

    /**
     * The same, checked for what learning needs, with its report.
     *
     * @throws org.metafusion.core.FusionException if nothing can be learned from it
     */
    public FolderData learnable(String name, Samples train, Samples test) {
        SplitDataset dataset = dataset(name, train, test);
        learnable().check(dataset.train());
        for (FeatureTable table : dataset.train().samples().tables()) {
            if (table.missingCount() == table.rows()) {
                throw labels.file()
                        .error("no train row has values in modality "
                                + Wording.quoted(table.modality().name()) + "; give some or leave its columns out");
            }
        }
        return new FolderData(dataset, new FolderSurvey(dataset, labels, decision).report());
    }

    private Learnable learnable() {
        return new Learnable(labels, List.of(), decision);
    }

    private MultimodalDataset part(String name, Samples samples, FolderAssembly assembly, boolean train) {
        int[] numbers = part(train);
        List<String> groups = labels.groups().isEmpty()
                ? List.of()
                : IntStream.of(numbers).mapToObj(labels.groups()::get).toList();
        Targets targets = rows.labels().size() == 1 ? assembly.targets(numbers) : values(numbers);
        return new MultimodalDataset(name, samples, targets, groups);
    }

    private Targets values(int[] numbers) {
        int width = rows.labels().size();
        float[] values = new float[numbers.length * width];
        for (int t = 0; t < width; t++) {
            for (int i = 0; i < numbers.length; i++) {
                values[i * width + t] = target(numbers[i], t);
            }
        }
        return new Targets.Values((Task.Regression) decision.task(), values);
    }

    private float target(int row, int t) {
        String text = rows.labels().get(t).get(row);
        float value = Decimals.toFloat(text);
        if (Float.isNaN(value)) {
            throw labels.file()
                    .error(
                            labels.lines().get(row),
                            rows.labelNames().get(t),
                            "the target must be a number but is " + Wording.quoted(text)
                                    + "; give one or remove the row");
        }
        return value;
    }

    /** The report with further notes. */
    public static FolderData noted(FolderData data, List<String> notes) {
        List<String> all = new ArrayList<>(data.report().notes());
        all.addAll(notes);
        return new FolderData(data.dataset(), data.report().withNotes(all));
    }
}
