package org.metafusion.ensemble.study.missing;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.robustness.MissingStress;
import org.metafusion.ensemble.robustness.MissingStress.Point;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;

/** What the points of a stress test say about its claims; scores are means over the seeds. */
final class MissingFindings {

    private static final String MEAN = "mean filling";
    private static final double MOST = 0.6;
    private static final double GOAL = 0.05;

    private final List<Measured> measured;
    private final LeadMetric metric;

    MissingFindings(List<Measured> measured, LeadMetric metric) {
        this.measured = measured;
        this.metric = metric;
    }

    /** The case with something missing in which the committee of what is there is least ahead of mean filling. */
    Finding neverBehind(Claim claim) {
        Point worst = measured.stream()
                .map(Measured::point)
                .filter(point -> point.answer().equals(MissingStress.COMMITTEE) && point.missing() > 0)
                .min((a, b) -> Double.compare(lead(a), lead(b)))
                .orElseThrow();
        return Finding.of(
                claim,
                lead(worst) >= 0,
                "Where it is least ahead, with " + percent(worst.share()) + " of '" + worst.modality()
                        + "' missing, the"
                        + " committee of what is there has " + metric.label() + " "
                        + metric.said(mean(worst, worst.answer()))
                        + " and mean filling " + metric.said(mean(worst, MEAN)) + ".");
    }

    Finding ahead(Claim claim) {
        Point most = measured.stream()
                .map(Measured::point)
                .filter(point -> point.modality().equals(MissingStress.ALL) && point.share() == MOST)
                .findFirst()
                .orElseThrow();
        return Finding.of(
                claim,
                lead(most) >= GOAL,
                "With " + percent(MOST) + " of all modalities missing, the committee of what is there has "
                        + metric.label() + " " + metric.said(mean(most, MissingStress.COMMITTEE)) + ", mean filling "
                        + metric.said(mean(most, MEAN)) + ", neighbour filling "
                        + metric.said(mean(most, "neighbour filling")) + ".");
    }

    private double lead(Point at) {
        return mean(at, MissingStress.COMMITTEE) - mean(at, MEAN);
    }

    private double mean(Point at, String answer) {
        Predicate<Point> same = point -> point.modality().equals(at.modality())
                && point.share() == at.share()
                && point.answer().equals(answer);
        return measured.stream()
                .map(Measured::point)
                .filter(same)
                .mapToDouble(Point::score)
                .average()
                .orElseThrow();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
