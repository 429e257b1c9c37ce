package org.metafusion.data.folder;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.metafusion.core.modality.Task;

/**
 * What a data folder held: sizes, gaps, the task with the reason it was taken for that, and what a user should know.
 *
 * @param taskReason why the labels were taken so
 * @param classes empty for regression
 * @param notes worth knowing
 * @param warnings worth mending
 */
public record DataReport(
        String name,
        int trainRows,
        int testRows,
        List<ModalityCount> modalities,
        Task task,
        String taskReason,
        List<ClassCount> classes,
        List<String> notes,
        List<String> warnings) {

    /** More classes than this are summed up. */
    private static final int LISTED = 20;

    public DataReport {
        modalities = List.copyOf(modalities);
        classes = List.copyOf(classes);
        notes = List.copyOf(notes);
        warnings = List.copyOf(warnings);
    }

    /**
     * One modality's size and gaps.
     *
     * @param width features
     * @param trainMissing train rows that lack it
     * @param testMissing test rows that lack it
     * @param constantColumns features with one value in all train rows
     */
    public record ModalityCount(
            String name, int width, int trainMissing, int testMissing, List<String> constantColumns) {
        public ModalityCount {
            constantColumns = List.copyOf(constantColumns);
        }
    }

    /** How many rows a class has. */
    public record ClassCount(String name, int train, int test) {}

    /** The same with other notes. */
    public DataReport withNotes(List<String> other) {
        return new DataReport(name, trainRows, testRows, modalities, task, taskReason, classes, other, warnings);
    }

    public int rows() {
        return trainRows + testRows;
    }

    /** The report for reading, a line a fact. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(name + ": " + Wording.count(rows(), "row") + " (" + trainRows + " train, " + testRows + " test)");
        for (ModalityCount modality : modalities) {
            lines.add("modality " + modality.name() + ": " + Wording.count(modality.width(), "feature") + ", "
                    + gaps(modality));
        }
        lines.add(taskLine());
        notes.forEach(note -> lines.add("note: " + note));
        warnings.forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private String taskLine() {
        if (task instanceof Task.Regression) {
            return "task: regression (" + taskReason + ")";
        }
        String line = "task: classification into " + classes.size() + " classes (" + taskReason + ")";
        if (classes.size() > LISTED) {
            IntSummaryStatistics train =
                    classes.stream().mapToInt(ClassCount::train).summaryStatistics();
            return line + ", " + train.getMin() + " to " + train.getMax() + " train rows each";
        }
        return line + ", train + test rows: "
                + classes.stream()
                        .map(count -> count.name() + " " + count.train() + " + " + count.test())
                        .collect(Collectors.joining(", "));
    }

    private String gaps(ModalityCount modality) {
        if (modality.trainMissing() + modality.testMissing() == 0) {
            return "complete";
        }
        return "missing in " + share(modality.trainMissing(), trainRows) + " train and "
                + share(modality.testMissing(), testRows) + " test rows";
    }

    private static String share(int part, int whole) {
        if (part == 0 || part == whole) {
            return part == 0 ? "no" : "all";
        }
        return String.format(Locale.ROOT, "%d (%.1f %%)", part, 100.0 * part / whole);
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
