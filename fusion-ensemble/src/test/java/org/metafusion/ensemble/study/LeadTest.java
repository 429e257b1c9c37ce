package org.metafusion.ensemble.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.study.Finding.Outcome;

class LeadTest {

    private static final Claim CLAIM = new Claim("here", "It is so.");
    private static final Lead CLEAR = new Lead("a", new double[] {0.02, 0.03, 0.04});
    private static final Lead UNCLEAR = new Lead("b", new double[] {-0.03, 0.01, 0.05});
    private static final Lead BEHIND = new Lead("c", new double[] {-0.02, -0.03, -0.04});

    private static Outcome ahead(Lead... leads) {
        return Lead.ahead(CLAIM, List.of(leads), "").outcome();
    }

    private static Outcome notBehind(Lead... leads) {
        return Lead.notBehind(CLAIM, List.of(leads), "").outcome();
    }

    @Test
    void itsErrorIsThatOfAMean() {
        assertThat(CLEAR.mean()).isCloseTo(0.03, within(1e-12));
        assertThat(CLEAR.error()).isCloseTo(0.01 / Math.sqrt(3), within(1e-12));
        assertThat(CLEAR.points()).isEqualTo("a +3.0 ± 0.6 points");
        assertThat(new Lead("a", new double[] {-0.5}).figures()).isEqualTo("a -0.500");
    }

    @Test
    void everyLeadMustBeClearForAClaimToHold() {
        assertThat(ahead(CLEAR)).isEqualTo(Outcome.HELD);
        assertThat(ahead(CLEAR, UNCLEAR)).isEqualTo(Outcome.OPEN);
        assertThat(ahead(CLEAR, UNCLEAR, BEHIND)).isEqualTo(Outcome.FAILED);
    }

    @Test
    void notBehindAsksForLess() {
        assertThat(notBehind(CLEAR, UNCLEAR)).isEqualTo(Outcome.HELD);
        assertThat(notBehind(new Lead("d", new double[] {-0.05, 0.01}))).isEqualTo(Outcome.OPEN);
        assertThat(notBehind(CLEAR, BEHIND)).isEqualTo(Outcome.FAILED);
    }

    @Test
    void aSingleRunLeavesAClaimOpen() {
        assertThat(ahead(new Lead("one", new double[] {1}))).isEqualTo(Outcome.OPEN);
        assertThat(notBehind(new Lead("one", new double[] {-1}))).isEqualTo(Outcome.OPEN);
    }
}
