package org.metafusion.ensemble.study.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;

class SettingFindingsTest {

    private static final Claim CLAIM = new Claim("here", "It is so.");

    /** Two seeds whose errors differ by far; under noise everything is turned round. */
    private final SettingFindings findings = new SettingFindings(List.of(
            new Reached(0, 0, "early", 2, 0),
            new Reached(0, 0, "late", 4, 0),
            new Reached(0, 0.3, "early", 9, 0),
            new Reached(0, 0.3, "late", 1, 0),
            new Reached(1, 0, "early", 20, 0),
            new Reached(1, 0, "late", 41, 0)));

    @Test
    void errorsAreComparedOnTheSameDataAtThePapersNoise() {
        Finding ahead = findings.ahead(CLAIM, "early", List.of("late"));
        assertThat(ahead.outcome()).isEqualTo(Outcome.HELD);
        assertThat(ahead.words()).isEqualTo("Mean squared error: early 11.00, late 22.50.");
        assertThat(findings.ahead(CLAIM, "late", List.of("early")).outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void equalErrorsAreNoWorse() {
        assertThat(findings.notBehind(CLAIM, "early", "early").outcome()).isEqualTo(Outcome.HELD);
        assertThat(findings.notBehind(CLAIM, "late", "early").outcome()).isEqualTo(Outcome.FAILED);
    }
}
