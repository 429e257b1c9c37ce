package org.metafusion.ensemble.study.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;

class RhoFindingsTest {

    private static final Claim CLAIM = new Claim("here", "It is so.");

    /** Each seed chooses another rho: 0.5 and 5. */
    private final RhoFindings findings = new RhoFindings(List.of(
            new Swept(0, 0, 0.9, 1.0, 2, 0.7),
            new Swept(0, 0.5, 0.7, 0.8, 2, 0.6),
            new Swept(0, 5, 0.8, 0.7, 2, 0.9),
            new Swept(1, 0, 0.9, 1.15, 2, 0.7),
            new Swept(1, 0.5, 0.8, 0.2, 2, 0.6),
            new Swept(1, 5, 0.7, 0.9, 2, 0.5)));

    @Test
    void eachSeedChoosesByValidationAndIsComparedOnTest() {
        Finding helps = findings.helps(CLAIM);
        assertThat(helps.outcome()).isEqualTo(Outcome.HELD);
        assertThat(helps.words())
                .isEqualTo("Top performers' test loss alone over loss under the chosen rho +0.225 ± 0.025;"
                        + " chosen: 0.5, 5.0.");
    }

    @Test
    void aLargeRhoThatIsChosenDoesNotHarm() {
        assertThat(findings.critical(CLAIM).outcome()).isEqualTo(Outcome.OPEN);
    }
}
