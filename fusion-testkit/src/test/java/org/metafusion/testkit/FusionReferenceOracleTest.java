package org.metafusion.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.FusionReference.Gradients;

final class FusionReferenceOracleTest {

    static Stream<OracleCase> product() {
        return OracleCases.of("product_fusion");
    }

    static Stream<OracleCase> tensor() {
        return OracleCases.of("tensor_fusion");
    }

    @ParameterizedTest
    @MethodSource("product")
    void product(OracleCase oracle) {
        Matrix x = oracle.in("x").asMatrix();
        Matrix y = oracle.in("y").asMatrix();

        assertClose(oracle, "fused", FusionReference.productForward(x, y));
        Gradients gradients =
                FusionReference.productBackward(oracle.in("dFused").asMatrix(), x, y);
        assertClose(oracle, "dx", gradients.dX());
        assertClose(oracle, "dy", gradients.dY());
    }

    @ParameterizedTest
    @MethodSource("tensor")
    void tensor(OracleCase oracle) {
        Matrix x = oracle.in("x").asMatrix();
        Matrix y = oracle.in("y").asMatrix();
        boolean augmented = oracle.in("augmented").flag();

        assertClose(oracle, "fused", FusionReference.tensorForward(x, y, augmented));
        Gradients gradients = FusionReference.tensorBackward(oracle.in("dFused").asMatrix(), x, y, augmented);
        assertClose(oracle, "dx", gradients.dX());
        assertClose(oracle, "dy", gradients.dY());
    }

    private static void assertClose(OracleCase oracle, String key, Matrix got) {
        TensorAssert.assertClose(key, oracle.out(key).asMatrix(), got, Tolerance.FLOAT64);
    }
}
