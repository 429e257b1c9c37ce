package org.metafusion.report.content;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.metafusion.ensemble.competition.CompetitionReport;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.report.Exhibit;
import org.metafusion.report.chart.Axis;
import org.metafusion.report.chart.Lines;
import org.metafusion.report.chart.Lines.Point;
import org.metafusion.report.chart.Lines.Series;
import org.metafusion.report.words.Figures;
import org.metafusion.training.balance.CompetitionTrace.EpochTrace;

/** How modalities compete within students that join them, epoch by epoch. */
final class CompetitionCharts {

    private final CompetitionReport report;

    CompetitionCharts(CompetitionReport report) {
        this.report = report;
    }

    List<Exhibit> all() {
        List<Exhibit> all = new ArrayList<>();
        int number = 1;
        for (Course course : report.courses()) {
            all.add(scores(course, number++));
        }
        List<Course> plain = report.students().stream()
                .map(student -> report.courses().stream()
                        .filter(c -> c.student().equals(student))
                        .findFirst()
                        .orElseThrow())
                .toList();
        for (Course course : plain) {
            all.add(gradients(course, number++));
        }
        return all;
    }

    private Exhibit scores(Course course, int number) {
        double unit = report.isClassification() ? 100 : 1;
        List<Series> series = new ArrayList<>();
        for (int m = 0; m < report.modalities().size(); m++) {
            int modality = m;
            series.add(Series.main(
                    report.modalities().get(m), points(course, epoch -> unit * epoch.unimodal()[modality])));
        }
        series.add(Series.reference(
                Words.free("all together", report.modalities()), points(course, epoch -> unit * epoch.score())));
        return new Exhibit(
                "competition" + number,
                "Student " + course.student() + ", modulation: "
                        + course.modulation().label(),
                "How good each modality is within the student when the others say nothing, on "
                        + Figures.count(course.rows(), "validation row") + ". " + loser(course),
                new Lines(
                        Axis.count("epoch"),
                        Words.axis(report.isClassification() ? LeadMetric.ACCURACY : LeadMetric.R2),
                        false,
                        series));
    }

    private String loser(Course course) {
        int most = course.mostStarved();
        if (!(course.loss(most) > 0)) {
            return "At the kept epoch none is worse here than in a student of its own.";
        }
        double unit = report.isClassification() ? 100 : 1;
        return "'" + report.modalities().get(most) + "' loses most to the others: "
                + amount(unit * course.alone()[most]) + " in a student of its own, "
                + amount(unit * course.best().unimodal()[most]) + " here at the kept epoch"
                + (course.isStarved(most) ? "." : ", too little to count.");
    }

    private String amount(double score) {
        return String.format(java.util.Locale.ROOT, report.isClassification() ? "%.1f %%" : "%.3f", score);
    }

    private Exhibit gradients(Course course, int number) {
        List<Series> series = new ArrayList<>();
        for (int m = 0; m < report.modalities().size(); m++) {
            int modality = m;
            series.add(Series.main(report.modalities().get(m), points(course, e -> e.gradientNorms()[modality])));
        }
        return new Exhibit(
                "competition" + number,
                "Gradients of student " + course.student(),
                "The norm of the gradient of each modality's parameters, modulation "
                        + course.modulation().label() + ": who learns, and until when.",
                new Lines(Axis.count("epoch"), Axis.fromZero("gradient norm"), false, series));
    }

    private static List<Point> points(Course course, ToDoubleFunction<EpochTrace> value) {
        return course.epochs().stream()
                .map(epoch -> new Point(epoch.epoch(), value.applyAsDouble(epoch)))
                .toList();
    }
}
