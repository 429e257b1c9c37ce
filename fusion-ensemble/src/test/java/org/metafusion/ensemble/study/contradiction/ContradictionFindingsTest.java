package org.metafusion.ensemble.study.contradiction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.metric.LeadMetric;
import org.metafusion.ensemble.robustness.RobustnessCurve.Point;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;

class ContradictionFindingsTest {

    private static final Claim CLAIM = new Claim("here", "It is so.");

    private static ContradictionFindings findings(double fused, double late, double without) {
        return new ContradictionFindings(
                List.of(
                        new Contradicted(0, "x", new Point(0, 0.9, 0.8), without),
                        new Contradicted(0, "x", new Point(1, fused, late), without)),
                LeadMetric.ACCURACY);
    }

    @Test
    void aModalityThatIsBetterLeftOutHarms() {
        Finding harms = findings(0.4, 0.5, 0.6).harms(CLAIM);
        assertThat(harms.outcome()).isEqualTo(Outcome.HELD);
        assertThat(harms.words())
                .isEqualTo("With every row contradicting, by modality: 'x': fused 40.0 %, left out 60.0 %.");
        assertThat(findings(0.7, 0.5, 0.6).harms(CLAIM).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void withoutAnotherModalityItCannotBeSaid() {
        assertThat(findings(0.4, 0.5, Double.NaN).harms(CLAIM).outcome()).isEqualTo(Outcome.OPEN);
    }

    @Test
    void lateFusionIsComparedOverAllShares() {
        assertThat(findings(0.4, 0.45, 0.6).late(CLAIM).outcome()).isEqualTo(Outcome.HELD);
        assertThat(findings(0.4, 0.55, 0.6).late(CLAIM).outcome()).isEqualTo(Outcome.FAILED);
    }
}
