package org.metafusion.ensemble.study.missing;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.metric.PairedDifference;
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
        String words = "Where it is least ahead, with " + percent(worst.share()) + " of '" + worst.modality()
                + "' missing, the committee of what is there has " + metric.label() + " "
                + metric.said(mean(worst, worst.answer())) + " and mean filling " + metric.said(mean(worst, MEAN))
                + ".";
        if (lead(worst) >= 0) {
            return Finding.of(claim, true, words);
        }
        return isSurelyBehind(worst)
                ? Finding.of(claim, false, words)
                : Finding.open(claim, words + " That is within the error over the seeds.");
    }

    /** Whether it is behind by more than a standard error over the seeds; not to be known of a single one. */
    private boolean isSurelyBehind(Point at) {
        double[] ours = scores(at, MissingStress.COMMITTEE);
        double[] theirs = scores(at, MEAN);
        BitSet seeds = new BitSet();
        seeds.set(0, ours.length);
        return ours.length > 1 && PairedDifference.of(theirs, ours, seeds).exceeds(1);
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
        return Arrays.stream(scores(at, answer)).average().orElseThrow();
    }

    /** Of one answer in one case, by seed. */
    private double[] scores(Point at, String answer) {
        return measured.stream()
                .map(Measured::point)
                .filter(point -> point.modality().equals(at.modality())
                        && point.share() == at.share()
                        && point.answer().equals(answer))
                .mapToDouble(Point::score)
                .toArray();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
