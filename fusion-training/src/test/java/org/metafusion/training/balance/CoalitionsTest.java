package org.metafusion.training.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;
import org.metafusion.testkit.OracleValue;

final class CoalitionsTest {

    static Stream<OracleCase> cases() {
        return OracleCases.of("modality_shapley");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void valuesAreTheReferences(OracleCase oracle) {
        double[] want = oracle.out("shapley").flat();
        OracleValue of = oracle.in("valueOf");
        double[] value = new double[Coalitions.count(want.length)];
        for (int mask = 0; mask < value.length; mask++) {
            int coalition = mask;
            String names = IntStream.range(0, want.length)
                    .filter(m -> (coalition & 1 << m) != 0)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining("+"));
            value[mask] = of.at(mask == 0 ? "none" : names).number();
        }
        assertThat(Coalitions.shapley(value)).containsExactly(want, within(1e-12));
    }

    @ParameterizedTest(name = "{0} modalities")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6})
    void valuesAddUpToTheWhole(int modalities) {
        Random random = new Random(modalities);
        double[][] value = new double[Coalitions.count(modalities)][];
        for (int mask = 0; mask < value.length; mask++) {
            value[mask] = random.doubles(4, -3, 3).toArray();
        }
        double[][] phi = Coalitions.shapley(value);
        for (int c = 0; c < 4; c++) {
            int column = c;
            double sum = Arrays.stream(phi).mapToDouble(p -> p[column]).sum();
            assertThat(sum).isCloseTo(value[value.length - 1][c] - value[0][c], within(1e-12));
        }
    }

    @Test
    void twoModalitiesShareAsInThePaper() {
        double[] phi = Coalitions.shapley(new double[] {0, 2, 5, 11});
        assertThat(phi).containsExactly(new double[] {0.5 * (2 + 11 - 5), 0.5 * (5 + 11 - 2)}, within(1e-15));
    }

    @Test
    void aNumberOfValuesThatIsNoPowerOfTwoIsRefused() {
        assertThatThrownBy(() -> Coalitions.shapley(new double[] {1, 2, 3}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Values of 2^n coalitions are needed but got 3");
    }
}
