package org.metafusion.data.folder;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.metafusion.core.modality.Task;

/**
 * The task that labels set, and why. The rule is given at {@link DataFolder}.
 *
 * @param numeric whether all labels are numbers, so that the task might have been the other one
 */
record LabelTask(Task task, String reason, boolean numeric) {

    private static final int FEW = 20;
    private static final int ROWS_A_VALUE = 5;

    static LabelTask of(LabelRows rows, TaskChoice choice) {
        boolean numeric = rows.labels().stream().allMatch(Numbers::isDouble);
        return switch (choice) {
            case CLASSIFICATION -> classification(rows, "as asked for", numeric);
            case REGRESSION -> {
                requireNumbers(rows, "regression was asked for");
                yield regression("as asked for");
            }
            case AUTO -> decided(rows, numeric);
        };
    }

    /** Objects to labels that are not the given task's. */
    static void requireKnown(LabelRows rows, Task task) {
        if (!(task instanceof Task.Classification classification)) {
            requireNumbers(rows, "the model's task is regression");
            return;
        }
        Set<String> classes = Set.copyOf(classification.classes());
        for (int row = 0; row < rows.rows(); row++) {
            if (!classes.contains(rows.labels().get(row))) {
                throw rows.file()
                        .error(
                                rows.lines().get(row),
                                rows.column(),
                                "the label " + Wording.quoted(rows.labels().get(row))
                                        + " is no class of the model; it knows "
                                        + Wording.names(classification.classes()));
            }
        }
    }

    private static LabelTask decided(LabelRows rows, boolean numeric) {
        requireNoHoles(rows);
        List<String> numbers = rows.labels().stream().filter(Numbers::isDouble).toList();
        Optional<String> fraction =
                numbers.stream().filter(label -> !Numbers.isWhole(label)).findFirst();
        if (fraction.isPresent()) {
            requireNumbers(
                    rows,
                    "others have a fraction, such as " + Wording.quoted(fraction.get())
                            + " (for class names choose the task classification)");
            return regression("the labels are numbers, some with a fraction");
        }
        if (!numeric) {
            return classification(rows, "the labels are names", false);
        }
        List<String> values = distinct(rows);
        if (values.size() <= FEW) {
            return classification(rows, "the labels are whole numbers with at most " + FEW + " values", true);
        }
        if (countsUp(values) && rows.rows() >= ROWS_A_VALUE * values.size()) {
            return classification(
                    rows,
                    "the labels are whole numbers that count up from " + values.get(0) + ", with " + ROWS_A_VALUE
                            + " rows or more a value",
                    true);
        }
        return regression("the labels are whole numbers with " + values.size() + " values");
    }

    private static LabelTask regression(String reason) {
        return new LabelTask(new Task.Regression(List.of("label")), reason, true);
    }

    private static LabelTask classification(LabelRows rows, String reason, boolean numeric) {
        List<String> classes = distinct(rows);
        if (classes.size() < 2) {
            throw rows.file()
                    .error("all labels are " + Wording.quoted(classes.get(0))
                            + "; classification needs two classes or more");
        }
        return new LabelTask(new Task.Classification(classes), reason, numeric);
    }

    private static void requireNoHoles(LabelRows rows) {
        for (int row = 0; row < rows.rows(); row++) {
            String label = rows.labels().get(row);
            if (Numbers.isNotFinite(label) && !label.equalsIgnoreCase("none")) {
                throw rows.file()
                        .error(
                                rows.lines().get(row),
                                rows.column(),
                                "the label is " + Wording.quoted(label)
                                        + "; give a label or remove the row (if it names a class choose the task"
                                        + " classification)");
            }
        }
    }

    private static void requireNumbers(LabelRows rows, String because) {
        for (int row = 0; row < rows.rows(); row++) {
            if (Float.isNaN(Decimals.toFloat(rows.labels().get(row)))) {
                throw rows.file()
                        .error(
                                rows.lines().get(row),
                                rows.column(),
                                "the label must be a number but is "
                                        + Wording.quoted(rows.labels().get(row)) + "; " + because);
            }
        }
    }

    /** The different labels; by value where all are whole numbers, by name else. */
    private static List<String> distinct(LabelRows rows) {
        boolean whole = rows.labels().stream().allMatch(label -> Numbers.isDouble(label) && Numbers.isWhole(label));
        Comparator<String> byName = Comparator.naturalOrder();
        TreeSet<String> values = new TreeSet<>(
                whole
                        ? Comparator.<String, BigDecimal>comparing(BigDecimal::new)
                                .thenComparing(byName)
                        : byName);
        values.addAll(rows.labels());
        return new ArrayList<>(values);
    }

    /** Whether whole numbers in order leave no gap, from zero or one on. */
    private static boolean countsUp(List<String> values) {
        double first = Double.parseDouble(values.get(0));
        double last = Double.parseDouble(values.get(values.size() - 1));
        return (first == 0 || first == 1) && last - first == values.size() - 1;
    }

    /** Another mend where the classes make no sense. */
    String otherwise() {
        return numeric ? ", or choose the task regression if the labels are amounts" : "";
    }
}
