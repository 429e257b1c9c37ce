package org.metafusion.cli.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.metafusion.cli.Shell;
import org.metafusion.cli.Shell.Ran;

/** What must hold in studies of their small size, whose simulations are in another module than they. */
final class SmallStudiesTest {

    private static JsonNode rows(String study, String table) {
        Ran ran = Shell.fusion("experiment", study, "--json", "--quiet", "--backend", "cpu", "--threads", "1");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isZero();
        return ran.json().get("rows").get(table);
    }

    private static List<Double> column(JsonNode rows, String key, String value, String of) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get(key).asText().equals(value))
                .map(row -> row.get(of).asDouble())
                .toList();
    }

    private static double mean(JsonNode rows, String key, String value, String of) {
        return column(rows, key, value, of).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }

    @Test
    void earlyFusionWinsWhereEachModalityHoldsHalfOfTheAnswerAndNoiseHarmsItsModality() {
        JsonNode rows = rows("meta-fusion-1.1", "errors");
        double early = column(rows, "strategy", "early", "mse").get(0);
        double late = column(rows, "strategy", "late", "mse").get(0);
        double committee = column(rows, "strategy", "committee", "mse").get(0);
        assertThat(early).isLessThan(0.5 * late);
        assertThat(committee).isLessThan(1.25 * early);
        List<Double> alone = column(rows, "strategy", "x alone", "mse");
        assertThat(alone.get(1)).as("under noise").isGreaterThan(alone.get(0));
        List<Double> untouched = column(rows, "strategy", "z alone", "mse");
        assertThat(untouched.get(1)).isEqualTo(untouched.get(0));
    }

    @Test
    void underAnyRhoACommitteeIsBetterThanItsCohort() {
        JsonNode rows = rows("rho", "losses");
        Map<Double, Double> students = new TreeMap<>();
        for (JsonNode row : rows) {
            assertThat(row.get("committee").asDouble())
                    .isLessThan(row.get("students").asDouble());
            students.merge(row.get("rho").asDouble(), row.get("students").asDouble(), Double::sum);
        }
        assertThat(students.keySet()).containsExactly(0.0, 0.5, 5.0);
        assertThat(students.values()).as("rho changes what students learn").doesNotHaveDuplicates();
    }

    @Test
    void moreClustersHaveFewerTeachersAndMorePruningLeavesFewerStudents() {
        JsonNode rows = rows("selection", "losses");
        assertThat(mean(rows, "value", "3", "count")).isLessThanOrEqualTo(mean(rows, "value", "2", "count"));
        assertThat(mean(rows, "value", "0.8", "count")).isLessThan(mean(rows, "value", "0.2", "count"));
        assertThat(rows).allMatch(row -> row.get("loss").asDouble() > 0);
    }

    @Test
    void errorsAreBiasAndVarianceAndNobodyIsFreeOfEither() {
        JsonNode rows = rows("bias-variance", "parts");
        for (JsonNode row : rows) {
            double bias = row.get("bias").asDouble();
            double variance = row.get("variance").asDouble();
            assertThat(row.get("error").asDouble()).isCloseTo(bias + variance, within(1e-6));
            assertThat(Math.min(bias, variance)).isPositive();
        }
        assertThat(mean(rows, "who", "committee", "error")).isLessThan(mean(rows, "who", "students", "error"));
    }

    @Test
    void alignedModalitiesFindEachOther() {
        JsonNode rows = rows("alignment", "alignment");
        double before = mean(rows, "representation", "pca8", "recall10");
        double after = mean(rows, "representation", "con8", "recall10");
        assertThat(after).isGreaterThan(2 * before);
        assertThat(rows.get(0).get("representation").asText()).isEqualTo("raw");
    }
}
