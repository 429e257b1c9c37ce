package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;
import org.metafusion.training.representation.PcaExtractor.FittedPca;

/** Principal components against scikit-learn's. */
final class PcaExtractorOracleTest {

    private static final double TOLERANCE = 2e-5;

    static Stream<OracleCase> cases() {
        return OracleCases.of("pca");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void componentsAreThoseOfTheReferenceUpToSign(OracleCase oracle) {
        if (oracle.isAbsent()) {
            return;
        }
        int[] shape = oracle.in("train").shape();
        int k = oracle.in("k").integer();
        FittedPca pca = new PcaExtractor().fit(oracle.in("train").floats(), shape[0], shape[1], k);
        assertClose(pca.mean(), oracle.out("mean").flat());
        assertClose(
                pca.explainedVarianceRatio(),
                oracle.out("explainedVarianceRatio").flat());
        int rows = oracle.in("new").shape()[0];
        float[] scores = pca.apply(oracle.in("new").floats(), rows);
        float[] absolute = new float[scores.length];
        float[] rebuilt = new float[rows * shape[1]];
        for (int i = 0; i < scores.length; i++) {
            absolute[i] = Math.abs(scores[i] / pca.scale());
        }
        for (int row = 0; row < rows; row++) {
            for (int j = 0; j < shape[1]; j++) {
                double value = pca.mean()[j];
                for (int c = 0; c < k; c++) {
                    value += (double) scores[row * k + c] / pca.scale() * pca.components()[c * shape[1] + j];
                }
                rebuilt[row * shape[1] + j] = (float) value;
            }
        }
        assertClose(absolute, oracle.out("absTransformedNew").flat());
        assertClose(rebuilt, oracle.out("reconstructedNew").flat());
    }

    private static void assertClose(float[] got, double[] wanted) {
        assertThat(got).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) got[i])
                    .as("element %d", i)
                    .isCloseTo(wanted[i], within(TOLERANCE * Math.max(1, Math.abs(wanted[i]))));
        }
    }
}
