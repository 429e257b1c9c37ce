package org.metafusion.ensemble.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;

final class MetricsOracleTest {

    private static final double TOLERANCE = 1e-9;

    static Stream<OracleCase> classification() {
        return OracleCases.withOut("metrics", "accuracy");
    }

    static Stream<OracleCase> binary() {
        return OracleCases.withOut("metrics", "roc");
    }

    static Stream<OracleCase> regression() {
        return OracleCases.withOut("metrics", "mse");
    }

    @ParameterizedTest
    @MethodSource("classification")
    void classificationFigures(OracleCase oracle) {
        int classes = oracle.in("probabilities").shape()[1];

        ClassificationMetrics metrics = ClassificationMetrics.of(
                oracle.in("probabilities").flat(), oracle.in("labels").ints(), classes);

        assertThat(metrics.confusion().counts())
                .isDeepEqualTo(oracle.out("confusion").intMatrix());
        assertFigures(metrics.values(), oracle);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void rocCurve(OracleCase oracle) {
        RocCurve curve = ClassificationMetrics.roc(
                oracle.in("probabilities").flat(), oracle.in("labels").ints(), 2, 1);

        assertThat(curve.falsePositiveRate())
                .containsExactly(oracle.out("roc").at("fpr").flat(), within(TOLERANCE));
        assertThat(curve.truePositiveRate())
                .containsExactly(oracle.out("roc").at("tpr").flat(), within(TOLERANCE));
    }

    @ParameterizedTest
    @MethodSource("regression")
    void regressionFigures(OracleCase oracle) {
        RegressionMetrics metrics = RegressionMetrics.of(
                oracle.in("predictions").flat(), oracle.in("targets").flat(), 1);

        assertFigures(metrics.values(), oracle);
    }

    /** Every figure the reference has, and at least the four that every case has. */
    private static void assertFigures(Map<String, Double> values, OracleCase oracle) {
        long compared = values.entrySet().stream()
                .filter(value -> oracle.hasOut(value.getKey()))
                .peek(value -> assertThat(value.getValue())
                        .as(value.getKey())
                        .isCloseTo(oracle.out(value.getKey()).number(), within(TOLERANCE)))
                .count();
        assertThat(compared).isGreaterThanOrEqualTo(4);
    }
}
