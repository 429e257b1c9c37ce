package org.metafusion.ensemble.study.missing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.robustness.MissingStress;
import org.metafusion.ensemble.robustness.MissingStress.Point;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;

class MissingFindingsTest {

    private static final Claim CLAIM = new Claim("here", "It is so.");

    /** Scores of two seeds at 60 % of everything missing. */
    private static MissingFindings findings(double[] committee, double[] mean) {
        List<Measured> measured = new ArrayList<>();
        for (int seed = 0; seed < 2; seed++) {
            measured.add(point(seed, 0, MissingStress.COMMITTEE, 0.9));
            measured.add(point(seed, 0, "mean filling", 0.9));
            measured.add(point(seed, 0.6, MissingStress.COMMITTEE, committee[seed]));
            measured.add(point(seed, 0.6, "mean filling", mean[seed]));
            measured.add(point(seed, 0.6, "neighbour filling", 0.5));
        }
        return new MissingFindings(measured, LeadMetric.ACCURACY);
    }

    private static Measured point(long seed, double share, String answer, double score) {
        return new Measured(seed, new Point(MissingStress.ALL, share, share, answer, score));
    }

    @Test
    void fivePointsAheadOnAverageHolds() {
        MissingFindings findings = findings(new double[] {0.70, 0.60}, new double[] {0.62, 0.57});
        Finding ahead = findings.ahead(CLAIM);
        assertThat(ahead.outcome()).isEqualTo(Outcome.HELD);
        assertThat(ahead.words())
                .isEqualTo("With 60 % of all modalities missing, the committee of what is there has accuracy 65.0 %,"
                        + " mean filling 59.5 %, neighbour filling 50.0 %.");
        assertThat(findings.neverBehind(CLAIM).outcome()).isEqualTo(Outcome.HELD);
    }

    @Test
    void fourPointsAheadDoesNot() {
        assertThat(findings(new double[] {0.70, 0.60}, new double[] {0.66, 0.56})
                        .ahead(CLAIM)
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void aCaseInWhichItIsBehindIsNamed() {
        Finding behind =
                findings(new double[] {0.5, 0.52}, new double[] {0.6, 0.6}).neverBehind(CLAIM);
        assertThat(behind.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(behind.words())
                .isEqualTo("Where it is least ahead, with 60 % of 'all' missing, the committee of what is there has"
                        + " accuracy 51.0 % and mean filling 60.0 %.");
    }

    @Test
    void oneSeedBehindAndOneNotIsOpen() {
        Finding open =
                findings(new double[] {0.5, 0.6}, new double[] {0.6, 0.6}).neverBehind(CLAIM);
        assertThat(open.outcome()).isEqualTo(Outcome.OPEN);
        assertThat(open.words()).endsWith("That is within the error over the seeds.");
    }
}
