package org.metafusion.report.page;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Study;
import org.metafusion.ensemble.study.StudyColumn;
import org.metafusion.ensemble.study.StudyReport;
import org.metafusion.ensemble.study.StudySize;
import org.metafusion.ensemble.study.StudyTable;
import org.metafusion.ensemble.study.StudyValue;
import org.metafusion.ensemble.study.catalog.Studies;
import org.metafusion.report.Provenance;
import org.metafusion.report.Report;
import org.metafusion.report.content.ExperimentReport;

/** The report of a study with made-up figures: lines with bands, and bars. */
final class SampleStudy {

    private SampleStudy() {}

    static Report report() {
        Study study = Studies.named("missing");
        List<Finding> findings = List.of(
                Finding.of(study.profile().claims().get(0), true, "It has 80 % and filling 70 %."),
                Finding.open(study.profile().claims().get(1), "One seed does not tell."));
        StudyReport found =
                new StudyReport(List.of(curves(), times()), List.of(), findings, List.of("Figures are made up."));
        return ExperimentReport.of(
                study,
                StudySize.SMALL,
                List.of(0L, 1L),
                found,
                new Provenance(java.util.Map.of("data", "made up"), java.util.Map.of()));
    }

    private static StudyTable curves() {
        List<List<StudyValue>> rows = new ArrayList<>();
        for (String modality : List.of("image", "text")) {
            for (double share : new double[] {0, 0.2, 0.4}) {
                for (String answer : List.of("committee", "filling")) {
                    double accuracy = 0.9 - (answer.equals("filling") ? share : share / 2);
                    rows.add(List.of(
                            StudyValue.of(modality),
                            StudyValue.of(share),
                            StudyValue.of(answer),
                            new StudyValue.Repeated(List.of(accuracy - 0.01, accuracy + 0.03))));
                }
            }
        }
        return new StudyTable(
                "curves",
                "By what is missing",
                List.of(
                        StudyColumn.setting("modality", "missing modality"),
                        StudyColumn.setting("share", "share of rows"),
                        StudyColumn.compared("answer", "answered by"),
                        StudyColumn.percent("accuracy", "accuracy %")),
                rows);
    }

    private static StudyTable times() {
        return new StudyTable(
                "times",
                "What it costs",
                List.of(StudyColumn.compared("fusion", "fusion"), StudyColumn.figure("time", "microseconds a row")),
                List.of(
                        List.of(StudyValue.of("early"), new StudyValue.Repeated(List.of(10.0, 12.0))),
                        List.of(StudyValue.of("committee"), new StudyValue.Repeated(List.of(30.0, 33.0)))));
    }
}
