package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.Prediction;
import org.metafusion.report.words.Figures;

/** Predictions row by row, and from which modalities they were made. */
public final class PredictionSections {

    private PredictionSections() {}

    /** How many rows had which modalities, in one line. */
    public static String summary(Map<List<String>, Long> rows) {
        long all = rows.values().stream().mapToLong(Long::longValue).sum();
        return Figures.count(all, "row") + " predicted: "
                + rows.entrySet().stream()
                        .map(group -> group.getValue() + " from " + String.join("+", group.getKey()))
                        .collect(Collectors.joining(", "));
    }

    /** Every prediction. */
    public static Section table(Task task, List<String> ids, List<Prediction> predictions) {
        List<Column> columns = new ArrayList<>(List.of(Column.of("id", "id"), Column.of("modalities", "modalities")));
        List<String> outputs = task instanceof Task.Classification classification
                ? classification.classes().stream().map(name -> "p_" + name).toList()
                : ((Task.Regression) task)
                        .targets().stream().map(name -> "prediction_" + name).toList();
        boolean single = outputs.size() == 1;
        if (task instanceof Task.Classification) {
            columns.add(Column.of("prediction", "prediction"));
        }
        outputs.forEach(name -> columns.add(Column.of(single ? "prediction" : name, name)));
        List<List<Cell>> rows = new ArrayList<>();
        for (int i = 0; i < predictions.size(); i++) {
            rows.add(row(ids.get(i), predictions.get(i)));
        }
        return new Section.Table("predictions", "Predictions", columns, rows);
    }

    private static List<Cell> row(String id, Prediction prediction) {
        List<Cell> row = new ArrayList<>(List.of(Cell.of(id), new Cell.Words(prediction.modalities(), "+")));
        if (prediction.task() instanceof Task.Classification) {
            row.add(Cell.of(prediction.label()));
        }
        for (double value : prediction.values()) {
            row.add(Cell.of(value));
        }
        return row;
    }
}
