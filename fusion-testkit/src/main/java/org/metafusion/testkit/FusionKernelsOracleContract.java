package org.metafusion.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** A backend's fusion kernels against the oracle's cases; subclass it as {@code <Backend>FusionKernelsOracleTest}. */
public abstract class FusionKernelsOracleContract extends BackendContract {

    private static final Members ONE = Members.all(1);

    static Stream<OracleCase> productCases() {
        return OracleCases.of("product_fusion");
    }

    static Stream<OracleCase> tensorCases() {
        return OracleCases.of("tensor_fusion");
    }

    static Stream<OracleCase> tensorDenseCases() {
        return OracleCases.of("tensor_fusion_dense");
    }

    @ParameterizedTest
    @MethodSource("productCases")
    void product(OracleCase oracle) {
        Tensor x = upload(oracle.in("x"));
        Tensor y = upload(oracle.in("y"));
        Tensor fused = poisonedLike(oracle.out("fused"));
        Tensor dX = poisonedLike(oracle.out("dx"));
        Tensor dY = poisonedLike(oracle.out("dy"));

        backend.fusion().productForward(fused, x, y);
        backend.fusion().productBackward(dX, dY, upload(oracle.in("dFused")), x, y);

        assertClose(oracle, "fused", fused);
        assertClose(oracle, "dx", dX);
        assertClose(oracle, "dy", dY);
    }

    @ParameterizedTest
    @MethodSource("tensorCases")
    void tensor(OracleCase oracle) {
        boolean augmented = oracle.in("augmented").flag();
        Tensor x = upload(oracle.in("x"));
        Tensor y = upload(oracle.in("y"));
        Tensor fused = poisonedLike(oracle.out("fused"));
        Tensor dX = poisonedLike(oracle.out("dx"));
        Tensor dY = poisonedLike(oracle.out("dy"));

        backend.fusion().tensorForward(fused, x, y, augmented);
        backend.fusion().tensorBackward(dX, dY, upload(oracle.in("dFused")), x, y, augmented);

        assertClose(oracle, "fused", fused);
        assertClose(oracle, "dx", dX);
        assertClose(oracle, "dy", dY);
    }

    @ParameterizedTest
    @MethodSource("tensorDenseCases")
    void denseLayerOnATensorFusion(OracleCase oracle) {
        Tensor x = upload(oracle.in("x"));
        Tensor y = upload(oracle.in("y"));
        Tensor weight = upload(oracle.in("weight"));
        float[] bias = oracle.in("bias").floats();
        Tensor dOut = upload(oracle.in("dOut"));
        Tensor out = poisonedLike(oracle.out("out"));
        Tensor dWeight = poisonedLike(oracle.out("dWeight"));
        Tensor dBias = upload(poison(ONE, 1, bias.length));
        Tensor dX = poisonedLike(oracle.out("dx"));
        Tensor dY = poisonedLike(oracle.out("dy"));
        Tensor fused = upload(poison(ONE, x.rows(), weight.rows()));
        Tensor dFused = upload(poison(ONE, x.rows(), weight.rows()));

        backend.fusion().tensorForward(fused, x, y, false);
        backend.dense().bias(out, arena.upload(backend, ONE, 1, bias.length, bias));
        backend.dense().multiply(out, fused, weight);
        backend.dense().biasBackward(dBias, dOut);
        backend.dense().weightBackward(dWeight, fused, dOut);
        backend.dense().inputBackward(dFused, dOut, weight);
        backend.fusion().tensorBackward(dX, dY, dFused, x, y, false);

        assertClose(oracle, "out", out);
        assertClose(oracle, "dWeight", dWeight);
        assertClose(oracle, "dBias", dBias);
        assertClose(oracle, "dx", dX);
        assertClose(oracle, "dy", dY);
    }

    @ParameterizedTest
    @MethodSource("tensorDenseCases")
    void bilinear(OracleCase oracle) {
        Tensor x = upload(oracle.in("x"));
        Tensor y = upload(oracle.in("y"));
        Tensor weight = upload(oracle.in("weight"));
        float[] bias = oracle.in("bias").floats();
        Tensor dOut = upload(oracle.in("dOut"));
        Tensor out = poisonedLike(oracle.out("out"));
        Tensor dWeight = poisonedLike(oracle.out("dWeight"));
        Tensor dX = poisonedLike(oracle.out("dx"));
        Tensor dY = poisonedLike(oracle.out("dy"));

        backend.dense().bias(out, arena.upload(backend, ONE, 1, bias.length, bias));
        backend.fusion().bilinear(out, x, y, weight, false);
        backend.fusion().bilinearWeightBackward(dWeight, x, y, dOut, false);
        backend.fusion().bilinearInputBackward(dX, dY, dOut, x, y, weight, false);

        assertClose(oracle, "out", out);
        assertClose(oracle, "dWeight", dWeight);
        assertClose(oracle, "dx", dX);
        assertClose(oracle, "dy", dY);
    }

    private Tensor upload(OracleValue value) {
        return upload(MatrixStack.of(ONE, student -> value.asMatrix()));
    }

    private Tensor poisonedLike(OracleValue value) {
        int[] shape = value.shape();
        return upload(poison(ONE, shape[0], shape[1]));
    }

    private void assertClose(OracleCase oracle, String key, Tensor got) {
        TensorAssert.assertClose(key, oracle.out(key).flat(), backend.download(got));
    }
}
