package org.metafusion.ensemble.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;

/**
 * Rows with what is true of them and what was predicted.
 *
 * @param targets of the n rows
 * @param answers {@code [n * k]} row-major: class probabilities, or values in the unit of the targets
 */
public record AnsweredRows(Targets targets, double[] answers) {

    public AnsweredRows {
        int size = targets.rows() * targets.task().outputs();
        if (answers.length != size) {
            throw new IllegalArgumentException(targets.rows() + " rows of "
                    + targets.task().outputs() + " outputs need " + size + " answers but got " + answers.length);
        }
    }

    /** Of predictions, one a row. */
    static AnsweredRows of(List<Prediction> predictions, Targets targets) {
        return new AnsweredRows(
                targets,
                predictions.stream()
                        .flatMapToDouble(p -> Arrays.stream(p.values()))
                        .toArray());
    }

    /**
     * The rows of several, one behind the other.
     *
     * @param parts one or more, of one task
     */
    public static AnsweredRows joined(List<AnsweredRows> parts) {
        Task task = parts.get(0).targets().task();
        if (!parts.stream().allMatch(part -> part.targets().task().equals(task))) {
            throw new IllegalArgumentException("Rows of different tasks cannot be joined");
        }
        double[] answers =
                parts.stream().flatMapToDouble(p -> Arrays.stream(p.answers())).toArray();
        return new AnsweredRows(joined(parts.stream().map(AnsweredRows::targets).toList(), task), answers);
    }

    private static Targets joined(List<Targets> parts, Task task) {
        if (task instanceof Task.Classification classes) {
            return new Targets.Labels(
                    classes,
                    parts.stream()
                            .flatMapToInt(part -> Arrays.stream(((Targets.Labels) part).labels()))
                            .toArray());
        }
        int size = parts.stream().mapToInt(Targets::rows).sum() * task.outputs();
        float[] values = new float[size];
        int filled = 0;
        for (Targets part : parts) {
            float[] of = ((Targets.Values) part).values();
            System.arraycopy(of, 0, values, filled, of.length);
            filled += of.length;
        }
        return new Targets.Values((Task.Regression) task, values);
    }

    public int rows() {
        return targets.rows();
    }

    /** The metrics by name, in the order of a table. */
    public Map<String, Double> metrics() {
        return Outputs.metrics(answers, targets);
    }
}
