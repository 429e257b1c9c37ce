package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.cli.report.Section.Fact;
import org.metafusion.core.modality.Task;
import org.metafusion.data.folder.DataReport;

/** What was read from a data folder. */
public final class DataSection {

    private DataSection() {}

    public static Section of(DataReport report) {
        boolean classes = report.task() instanceof Task.Classification;
        List<Section> parts = new ArrayList<>();
        parts.add(new Section.Facts(
                "",
                "",
                List.of(
                        new Fact("name", "name", Cell.of(report.name())),
                        new Fact("trainRows", "train rows", Cell.of(report.trainRows())),
                        new Fact("testRows", "test rows", Cell.of(report.testRows())),
                        new Fact("task", "task", Cell.of(classes ? "classification" : "regression")),
                        new Fact("taskReason", "because", Cell.of(report.taskReason())))));
        parts.add(modalities(report));
        parts.add(classes(report));
        parts.add(new Section.Lines("notes", "", report.notes()));
        parts.add(new Section.Lines("warnings", "", report.warnings()));
        return new Section.Said("Data", report.lines(), new Section.Group("data", parts));
    }

    private static Section modalities(DataReport report) {
        List<List<Cell>> rows = new ArrayList<>();
        for (DataReport.ModalityCount modality : report.modalities()) {
            rows.add(List.of(
                    Cell.of(modality.name()),
                    Cell.of(modality.width()),
                    Cell.of(modality.trainMissing()),
                    Cell.of(modality.testMissing()),
                    new Cell.Words(modality.constantColumns(), " ")));
        }
        return new Section.Table(
                "modalities",
                "",
                List.of(
                        Column.of("name", "modality"),
                        Column.of("features", "features"),
                        Column.of("trainMissing", "train rows without"),
                        Column.of("testMissing", "test rows without"),
                        Column.of("constantColumns", "constant")),
                rows);
    }

    private static Section classes(DataReport report) {
        List<List<Cell>> rows = report.classes().stream()
                .map(count -> List.of(Cell.of(count.name()), Cell.of(count.train()), Cell.of(count.test())))
                .toList();
        return new Section.Table(
                "classes",
                "",
                List.of(Column.of("name", "class"), Column.of("train", "train rows"), Column.of("test", "test rows")),
                rows);
    }
}
