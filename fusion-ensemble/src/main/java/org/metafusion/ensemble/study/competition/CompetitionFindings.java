package org.metafusion.ensemble.study.competition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import org.metafusion.ensemble.competition.CompetitionReport.Course;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.competition.CompetitionStudy.Watched;
import org.metafusion.training.balance.Modulation;

/**
 * What the runs say about the claims. A claim holds if the mean difference, over the students and seeds, is above twice its
 * standard error under every modulation; it fails if it is below minus that under one; else it is open.
 */
final class CompetitionFindings {

    private final List<Watched> watched;

    CompetitionFindings(List<Watched> watched) {
        this.watched = watched;
    }

    /** Differences of one kind over the students and seeds. */
    private record Differences(String name, double[] values) {

        double mean() {
            double sum = 0;
            for (double value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        /** NaN for a single one. */
        double error() {
            double squares = 0;
            for (double value : values) {
                squares += (value - mean()) * (value - mean());
            }
            return Math.sqrt(squares / (values.length - 1) / values.length);
        }

        boolean isClear() {
            return mean() > 2 * error();
        }

        boolean isOpposite() {
            return mean() < -2 * error();
        }

        String words() {
            return String.format(Locale.ROOT, "%s %+.1f ± %.1f points", name, 100 * mean(), 100 * error());
        }
    }

    Finding starved(Claim claim) {
        Differences lost =
                differences("alone against within", Modulation.NONE, (plain, same) -> plain.loss(plain.mostStarved()));
        return finding(claim, List.of(lost), "The modality that loses most: ");
    }

    Finding raised(Claim claim, List<Modulation> kinds) {
        return finding(
                claim,
                all(
                        kinds,
                        (plain, modulated) -> modulated.best().unimodal()[plain.mostStarved()]
                                - plain.best().unimodal()[plain.mostStarved()]),
                "The starved modality within the fused student: ");
    }

    Finding better(Claim claim, List<Modulation> kinds) {
        return finding(
                claim,
                all(
                        kinds,
                        (plain, modulated) ->
                                modulated.best().score() - plain.best().score()),
                "The fused student: ");
    }

    private List<Differences> all(List<Modulation> kinds, ToDoubleBiFunction<Course, Course> difference) {
        return kinds.stream()
                .map(kind -> differences(kind.label(), kind, difference))
                .toList();
    }

    private Differences differences(
            String name, Modulation kind, ToDoubleBiFunction<Course, Course> plainAndModulated) {
        List<Double> values = new ArrayList<>();
        for (Watched run : watched) {
            for (String student : run.report().students()) {
                Course plain = course(run, student, Modulation.NONE);
                values.add(plainAndModulated.applyAsDouble(plain, course(run, student, kind)));
            }
        }
        return new Differences(
                name, values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static Course course(Watched run, String student, Modulation kind) {
        return run.report()
                .course(student, kind)
                .orElseThrow(() -> new IllegalStateException("No course of " + student + " under " + kind.label()));
    }

    private static Finding finding(Claim claim, List<Differences> all, String start) {
        String words =
                start + String.join(", ", all.stream().map(Differences::words).toList())
                        + " (mean and standard error over students and seeds).";
        if (all.stream().anyMatch(Differences::isOpposite)) {
            return Finding.of(claim, false, words);
        }
        return all.stream().allMatch(Differences::isClear)
                ? Finding.of(claim, true, words)
                : Finding.open(claim, words);
    }
}
