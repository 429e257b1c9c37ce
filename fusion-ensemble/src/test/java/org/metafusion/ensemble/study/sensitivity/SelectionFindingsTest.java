package org.metafusion.ensemble.study.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.study.Claim;
import org.metafusion.ensemble.study.Finding;
import org.metafusion.ensemble.study.Finding.Outcome;

class SelectionFindingsTest {

    private static final Claim CLAIM = new Claim("here", "It is so.");

    private static Chosen of(long seed, String what, String value, double loss) {
        return new Chosen(seed, what, value, 3, loss);
    }

    private final SelectionFindings findings = new SelectionFindings(List.of(
            of(0, SelectionStudy.CLUSTERS, "silhouette", 0.5),
            of(0, SelectionStudy.CLUSTERS, "2", 0.5),
            of(0, SelectionStudy.CLUSTERS, "3", 0.4),
            of(0, SelectionStudy.PRUNED, "0.0", 0.5),
            of(0, SelectionStudy.PRUNED, "0.2", 0.4),
            of(1, SelectionStudy.CLUSTERS, "silhouette", 0.7),
            of(1, SelectionStudy.CLUSTERS, "2", 0.7),
            of(1, SelectionStudy.CLUSTERS, "3", 0.61),
            of(1, SelectionStudy.PRUNED, "0.0", 0.8),
            of(1, SelectionStudy.PRUNED, "0.2", 0.75)));

    @Test
    void oneNumberOfClustersThatIsClearlyBetterRefutesTheSilhouette() {
        Finding silhouette = findings.silhouette(CLAIM);
        assertThat(silhouette.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(silhouette.words())
                .isEqualTo("Loss with others above that with silhouette: 2 +0.00 ± 0.0, 3 -0.0950 ± 0.0050.");
    }

    @Test
    void pruningIsJudgedByTheWorstFifth() {
        assertThat(findings.pruning(CLAIM).outcome()).isEqualTo(Outcome.HELD);
    }
}
