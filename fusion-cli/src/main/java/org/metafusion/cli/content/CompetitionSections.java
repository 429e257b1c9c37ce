package org.metafusion.cli.content;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.cli.report.Cell;
import org.metafusion.cli.report.Section;
import org.metafusion.cli.report.Section.Column;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.report.words.Figures;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;

/** How modalities compete within students that join them: a table, and sentences. */
final class CompetitionSections {

    private final CompetitionReport report;

    CompetitionSections(CompetitionReport report) {
        this.report = report;
    }

    List<Section> all() {
        return List.of(
                new Section.Table(
                        "competition",
                        "Competition of modalities within students that join them, on "
                                + Figures.count(report.courses().get(0).rows(), "validation row"),
                        keptColumns(),
                        kept()),
                new Section.Said(
                        "Competition in words",
                        report.sentences(),
                        new Section.Table("competitionByEpoch", "", columns(Column.of("epoch", "epoch")), byEpoch())));
    }

    private List<Column> columns(Column third) {
        return List.of(
                Column.of("student", "student"),
                Column.of("modulation", "modulation"),
                Column.of("modality", "modality"),
                third,
                Column.of("within", "within"),
                Column.of("fused", "fused"),
                Column.of("shapleyShare", "Shapley share %"),
                Column.of("gradientNorm", "gradient norm"),
                Column.of("factor", "factor"));
    }

    /** What machines are told besides: the rows, and how far chance may carry what a modality loses. */
    private List<Column> keptColumns() {
        List<Column> columns = new ArrayList<>(columns(Column.of("alone", "alone")));
        columns.add(Column.of("rows", ""));
        columns.add(Column.of("lossError", ""));
        return columns;
    }

    private List<List<Cell>> kept() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Course course : report.courses()) {
            for (int m = 0; m < course.alone().length; m++) {
                List<Cell> row = new ArrayList<>(row(course, m, score(course.alone()[m]), course.best()));
                row.add(Cell.of(course.rows()));
                row.add(score(course.lossErrors()[m]));
                rows.add(row);
            }
        }
        return rows;
    }

    private List<List<Cell>> byEpoch() {
        List<List<Cell>> rows = new ArrayList<>();
        for (Course course : report.courses()) {
            for (EpochTrace epoch : course.epochs()) {
                for (int m = 0; m < course.alone().length; m++) {
                    rows.add(row(course, m, Cell.of(epoch.epoch()), epoch));
                }
            }
        }
        return rows;
    }

    private List<Cell> row(Course course, int modality, Cell third, EpochTrace epoch) {
        return List.of(
                Cell.of(course.student()),
                Cell.of(course.modulation().label()),
                Cell.of(report.modalities().get(modality)),
                third,
                score(epoch.unimodal()[modality]),
                score(epoch.score()),
                Cell.percent(epoch.shapleyShares()[modality]),
                Cell.of(epoch.gradientNorms()[modality]),
                Cell.of(epoch.coefficients()[modality]));
    }

    private Cell score(double value) {
        return report.isClassification() ? Cell.percent(value) : Cell.of(value);
    }
}
