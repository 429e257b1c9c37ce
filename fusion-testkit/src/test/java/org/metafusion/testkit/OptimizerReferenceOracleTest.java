package org.metafusion.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.testkit.OptimizerReference.State;

final class OptimizerReferenceOracleTest {

    /** The settings of a step are float32, so the steps of a float64 oracle agree to that precision. */
    private static final Tolerance FLOAT32_SETTINGS = new Tolerance(1e-7, 1);

    static Stream<OracleCase> adamW() {
        return OracleCases.of("adamw");
    }

    @ParameterizedTest
    @MethodSource("adamW")
    void adamW(OracleCase oracle) {
        State state = State.initial(oracle.in("parameters").flat());
        double[][] gradients = oracle.in("gradients").matrix();
        for (int t = 0; t < gradients.length; t++) {
            AdamW step = new AdamW(
                    (float) oracle.in("learningRate").number(),
                    (float) oracle.in("beta1").number(),
                    (float) oracle.in("beta2").number(),
                    (float) oracle.in("epsilon").number(),
                    (float) oracle.in("weightDecay").number(),
                    t + 1);
            OptimizerReference.adamW(state, gradients[t], 0, state.parameters().length, step);

            double[] want = oracle.out("parametersAfterEachStep").at(t).flat();
            TensorAssert.assertClose("after step " + (t + 1), want, state.parameters(), FLOAT32_SETTINGS);
        }
    }
}
