package org.metafusion.ensemble.competition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.training.balance.Modulation;

/** What the courses of one student say, in sentences. */
final class CompetitionWords {

    /** Such a multiple of its equal share makes a modality dominant. */
    private static final double DOMINANT = 1.2;

    private final CompetitionReport report;
    private final String student;
    private final Course plain;

    CompetitionWords(CompetitionReport report, String student) {
        this.report = report;
        this.student = student;
        this.plain = report.course(student, Modulation.NONE)
                .orElseThrow(() -> new IllegalStateException("No course without modulation for " + student));
    }

    List<String> sentences() {
        List<String> sentences = new ArrayList<>(List.of(dominance(), starvation()));
        report.courses().stream()
                .filter(c -> c.student().equals(student) && c.modulation() != Modulation.NONE)
                .forEach(course -> sentences.add(change(course)));
        return sentences;
    }

    private String dominance() {
        double[] shares = plain.best().shapleyShares();
        int first = 0;
        for (int m = 1; m < shares.length; m++) {
            first = shares[m] > shares[first] ? m : first;
        }
        String start =
                "Within " + student + ", which reaches " + score(plain.best().score()) + ", ";
        if (Double.isNaN(shares[first])) {
            return start + "no modality adds to what is reached without any.";
        }
        List<String> parts = new ArrayList<>();
        for (int m = 0; m < shares.length; m++) {
            parts.add(name(m) + " " + percent(shares[m]));
        }
        String who = shares[first] >= DOMINANT / shares.length ? name(first) + " dominates" : "no modality dominates";
        return start + who + "; shares of what is gained over no modality: " + String.join(", ", parts) + ".";
    }

    private String starvation() {
        List<String> starved = new ArrayList<>();
        for (int m = 0; m < plain.alone().length; m++) {
            if (plain.isStarved(m)) {
                starved.add(name(m) + " reaches " + score(plain.best().unimodal()[m]) + " within the fused student but "
                        + score(plain.alone()[m]) + " alone");
            }
        }
        String rows = "on " + plain.rows() + " validation row" + (plain.rows() == 1 ? "" : "s");
        return starved.isEmpty()
                ? "No modality is starved: " + rows + " none reaches less within it than alone by more than both "
                        + difference(CompetitionReport.NOTABLE) + " and two standard errors."
                : "Starved: " + String.join("; ", starved) + " (" + rows + ").";
    }

    /** What became of the most starved modality, what it was done by, and what the fused student became. */
    private String change(Course course) {
        int m = plain.mostStarved();
        double before = plain.best().unimodal()[m];
        double after = course.best().unimodal()[m];
        String name = course.modulation().label().toUpperCase(Locale.ROOT);
        String verb = Math.abs(after - before) < CompetitionReport.NOTABLE / 2
                ? " leaves " + name(m) + " within it at "
                : (after > before ? " raises " : " lowers ") + name(m) + " within it from " + score(before) + " to ";
        List<String> factors = new ArrayList<>();
        double[] coefficients = course.best().coefficients();
        for (int i = 0; i < coefficients.length; i++) {
            factors.add(name(i) + " " + String.format(Locale.ROOT, "%.2f", coefficients[i]));
        }
        return name + verb + score(after) + ", and the fused student from "
                + score(plain.best().score()) + " to " + score(course.best().score()) + " (mean factor on steps: "
                + String.join(", ", factors) + ").";
    }

    private String name(int modality) {
        return "'" + report.modalities().get(modality) + "'";
    }

    private String score(double value) {
        return report.isClassification()
                ? String.format(Locale.ROOT, "%.1f %%", 100 * value)
                : String.format(Locale.ROOT, "R2 %.3f", value);
    }

    private String difference(double value) {
        return report.isClassification()
                ? String.format(Locale.ROOT, "%.0f points", 100 * value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
