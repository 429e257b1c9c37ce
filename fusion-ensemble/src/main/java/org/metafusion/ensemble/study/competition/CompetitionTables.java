package org.metafusion.ensemble.study.competition;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.ensemble.study.competition.CompetitionStudy.Watched;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;

/** The measurements of the study as tables: a row a seed, student, modulation and modality. */
final class CompetitionTables {

    private static final String SCORE = "score %";

    private CompetitionTables() {}

    /** Of the weights that are kept. */
    static StudyTable kept(List<Watched> watched) {
        List<List<StudyValue>> rows = new ArrayList<>();
        for (Watched run : watched) {
            for (Course course : run.report().courses()) {
                for (int m = 0; m < course.alone().length; m++) {
                    List<StudyValue> row = settings(run, course, m);
                    row.add(StudyValue.of(course.alone()[m]));
                    rows.add(withFigures(row, course.best(), m));
                }
            }
        }
        List<StudyColumn> columns = columns();
        columns.add(StudyColumn.percent("alone", "alone %").measuring(SCORE));
        return new StudyTable("kept", "", withFigures(columns), rows);
    }

    /** Of every epoch. */
    static StudyTable epochs(List<Watched> watched) {
        List<List<StudyValue>> rows = new ArrayList<>();
        for (Watched run : watched) {
            for (Course course : run.report().courses()) {
                for (EpochTrace epoch : course.epochs()) {
                    for (int m = 0; m < course.alone().length; m++) {
                        List<StudyValue> row = settings(run, course, m);
                        row.add(StudyValue.of(epoch.epoch()));
                        rows.add(withFigures(row, epoch, m));
                    }
                }
            }
        }
        List<StudyColumn> columns = columns();
        columns.add(StudyColumn.setting("epoch", "epoch"));
        return new StudyTable("epochs", "", withFigures(columns), rows);
    }

    private static List<StudyColumn> columns() {
        return new ArrayList<>(List.of(
                StudyColumn.run("seed", "seed"),
                StudyColumn.setting("student", "student"),
                StudyColumn.compared("modulation", "modulation"),
                StudyColumn.setting("modality", "modality")));
    }

    private static List<StudyValue> settings(Watched run, Course course, int modality) {
        return new ArrayList<>(List.of(
                StudyValue.of(run.seed()),
                StudyValue.of(course.student()),
                StudyValue.of(course.modulation().label()),
                StudyValue.of(run.report().modalities().get(modality))));
    }

    private static List<StudyColumn> withFigures(List<StudyColumn> columns) {
        columns.addAll(List.of(
                StudyColumn.percent("within", "within %").measuring(SCORE),
                StudyColumn.percent("fused", "fused %").measuring(SCORE),
                StudyColumn.percent("share", "Shapley share %"),
                StudyColumn.figure("gradientNorm", "gradient norm"),
                StudyColumn.figure("factor", "factor")));
        return columns;
    }

    private static List<StudyValue> withFigures(List<StudyValue> row, EpochTrace epoch, int modality) {
        row.addAll(List.of(
                StudyValue.of(epoch.unimodal()[modality]),
                StudyValue.of(epoch.score()),
                StudyValue.of(epoch.shapleyShares()[modality]),
                StudyValue.of(epoch.gradientNorms()[modality]),
                StudyValue.of(epoch.coefficients()[modality])));
        return row;
    }
}
