package org.metafusion.ensemble.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;
import org.metafusion.testkit.OracleValue;

final class ScreeningOracleTest {

    static Stream<OracleCase> cases() {
        return OracleCases.of("top_performers");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheReferenceTopPerformers(OracleCase oracle) {
        TopPerformers top =
                Screening.bySilhouette().screen(oracle.in("validationLosses").flat());

        OracleValue silhouettes = oracle.out("silhouetteByK");
        assertThat(top.silhouetteByK()).hasSize(silhouettes.keys().size());
        for (String k : silhouettes.keys()) {
            double want = silhouettes.at(k).number();
            assertThat(top.silhouetteByK()[Integer.parseInt(k) - 2]).isCloseTo(want, within(1e-9));
        }
        assertThat(top.k()).isEqualTo(oracle.out("k").integer());
        assertThat(top.clusterOf()).isEqualTo(oracle.out("clusterOf").ints());
        assertThat(top.students()).isEqualTo(oracle.out("topPerformers").ints());
    }
}
