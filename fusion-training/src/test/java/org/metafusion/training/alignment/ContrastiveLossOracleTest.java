package org.metafusion.training.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;

/** The loss and its gradients against PyTorch's, in double precision on both sides. */
final class ContrastiveLossOracleTest {

    private static final double TOLERANCE = 1e-9;

    static Stream<OracleCase> cases() {
        return OracleCases.of("contrastive_alignment");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void lossAndGradientsAreThoseOfTheReference(OracleCase oracle) {
        ContrastiveLoss got = ContrastiveLoss.of(
                oracle.in("x").flat(),
                oracle.in("y").flat(),
                oracle.in("x").shape()[0],
                oracle.in("logScale").number());
        assertClose(new double[] {got.loss()}, new double[] {oracle.out("loss").number()});
        assertClose(got.dX(), oracle.out("dx").flat());
        assertClose(got.dY(), oracle.out("dy").flat());
        assertClose(
                new double[] {got.dLogScale()},
                new double[] {oracle.out("dLogScale").number()});
    }

    private static void assertClose(double[] got, double[] wanted) {
        assertThat(got).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(got[i])
                    .as("element %d", i)
                    .isCloseTo(wanted[i], within(TOLERANCE * Math.max(1, Math.abs(wanted[i]))));
        }
    }
}
