package org.metafusion.ensemble.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;

final class ShapleyValueOracleTest {

    static Stream<OracleCase> cases() {
        return OracleCases.withOut("modality_shapley", "shapley");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void valuesOfTheModalities(OracleCase oracle) {
        double[] expected = oracle.out("shapley").flat();
        double[] shapley = ShapleyValue.of(expected.length, mask -> {
            String key = mask.isEmpty()
                    ? "none"
                    : mask.stream().mapToObj(Integer::toString).collect(Collectors.joining("+"));
            return oracle.in("valueOf").at(key).number();
        });
        assertThat(shapley).containsExactly(expected, within(1e-9));
    }
}
