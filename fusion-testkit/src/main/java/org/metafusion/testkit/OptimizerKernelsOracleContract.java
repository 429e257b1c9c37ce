package org.metafusion.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;

/** A backend's AdamW against the oracle's cases; subclass it as {@code <Backend>OptimizerKernelsOracleTest}. */
public abstract class OptimizerKernelsOracleContract extends BackendContract {

    static Stream<OracleCase> adamWCases() {
        return OracleCases.of("adamw");
    }

    @ParameterizedTest
    @MethodSource("adamWCases")
    void adamW(OracleCase oracle) {
        float[] initial = oracle.in("parameters").floats();
        int size = initial.length;
        Tensor parameters = arena.upload(backend, 1, size, initial);
        Tensor gradients = zeros(Members.SHARED, 1, size);
        Tensor m = zeros(Members.SHARED, 1, size);
        Tensor v = zeros(Members.SHARED, 1, size);
        ParameterLayout layout = new ParameterLayout(Members.all(1), new int[] {0, size});
        for (int t = 1; t <= oracle.in("gradients").items().size(); t++) {
            backend.upload(gradients, oracle.in("gradients").at(t - 1).floats());
            backend.optimizer().adamW(parameters, gradients, m, v, layout, step(oracle, t));

            double[] want = oracle.out("parametersAfterEachStep").at(t - 1).flat();
            TensorAssert.assertClose("parameters after step " + t, want, backend.download(parameters));
        }
    }

    private static AdamW step(OracleCase oracle, int t) {
        return new AdamW(
                setting(oracle, "learningRate"),
                setting(oracle, "beta1"),
                setting(oracle, "beta2"),
                setting(oracle, "epsilon"),
                setting(oracle, "weightDecay"),
                t);
    }

    private static float setting(OracleCase oracle, String key) {
        return (float) oracle.in(key).number();
    }
}
