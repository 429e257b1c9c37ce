package org.metafusion.ensemble.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.metafusion.ensemble.robustness.RobustnessCurve.Point;

class RobustnessCurveTest {

    @Test
    void relativeIsTheMeanScoreAndEffectiveTheMeanLead() {
        RobustnessCurve curve = new RobustnessCurve(
                "noise",
                "x",
                false,
                List.of(new Point(0, 1, 0.8), new Point(0.5, 0.6, 0.6), new Point(0.75, 0.2, 0.6)));
        // Trapezia: 0.5 (1 + 0.6) / 2 + 0.25 (0.6 + 0.2) / 2 over 0.75.
        assertThat(curve.relative()).isCloseTo(0.5 / 0.75, within(1e-12));
        assertThat(curve.effective()).isCloseTo((0.5 * 0.1 - 0.25 * 0.2) / 0.75, within(1e-12));
        assertThat(curve.fall()).isCloseTo(0.8, within(1e-12));
    }

    @Test
    void aScoreThatDoesNotFallIsItsOwnRelativeRobustness() {
        RobustnessCurve curve =
                new RobustnessCurve("noise", "x", false, List.of(new Point(0, 0.7, 0.7), new Point(0.95, 0.7, 0.7)));
        assertThat(curve.relative()).isCloseTo(0.7, within(1e-12));
        assertThat(curve.effective()).isZero();
    }

    @Test
    void aSingleLevelIsNoCurve() {
        assertThatThrownBy(() -> new RobustnessCurve("noise", "x", false, List.of(new Point(0, 1, 1))))
                .hasMessage("A robustness curve needs two levels or more but got 1");
    }

    @Test
    void whatStandsForAllModalitiesIsTheNameOfNone() {
        assertThat(RobustnessCurve.nameOfAll(List.of("image", "text"))).isEqualTo("all");
        assertThat(RobustnessCurve.nameOfAll(List.of("image", "all"))).isEqualTo("all modalities");
        assertThat(RobustnessCurve.nameOfAll(List.of("all modalities", "all"))).isEqualTo("all modalities together");
    }
}
