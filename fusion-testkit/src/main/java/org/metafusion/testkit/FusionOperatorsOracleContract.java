package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.fusion.FusionBinding;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.fusion.LowRankFusion;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** Fusion operators with parameters of their own, computed on a backend, against the oracle's cases. */
public abstract class FusionOperatorsOracleContract extends BackendContract {

    private static final Members ONE = Members.all(1);

    static Stream<OracleCase> lowRankCases() {
        return OracleCases.of("low_rank_fusion");
    }

    /** With the identity in place of the head's weights, so that the layer's output is the term. */
    @ParameterizedTest
    @MethodSource("lowRankCases")
    void lowRank(OracleCase oracle) {
        OracleValue factors = oracle.in("factors");
        int rank = factors.at(0).shape()[0];
        int width = factors.at(0).shape()[2];
        List<Tensor> inputs = oracle.in("xs").items().stream()
                .map(x -> upload(MatrixStack.of(ONE, s -> x.asMatrix())))
                .toList();
        List<Tensor> parameters = new ArrayList<>();
        List<Tensor> gradients = new ArrayList<>();
        for (OracleValue factor : factors.items()) {
            int rows = factor.shape()[1];
            addBlock(rows(factor, 0, rows - 1), parameters, gradients);
            addBlock(rows(factor, rows - 1, rows), parameters, gradients);
        }
        addBlock(Matrix.of(1, width, oracle.in("bias").flat()), parameters, gradients);
        int n = inputs.get(0).rows();
        Tensor out = zeros(ONE, n, width);
        List<Tensor> identity = List.of(upload(MatrixStack.of(ONE, s -> identity(width))));
        List<Tensor> dInputs =
                inputs.stream().map(x -> upload(poison(ONE, n, x.cols()))).toList();
        FusionPass pass = new LowRankFusion(rank, width)
                .bind(new FusionBinding(
                        backend,
                        arena,
                        ONE,
                        inputs,
                        Set.copyOf(IntStream.range(0, inputs.size()).boxed().toList()),
                        new FusionBinding.Parameters(parameters, gradients)));

        pass.forward(out, identity);
        Tensor dOut = upload(MatrixStack.of(ONE, s -> oracle.in("dOut").asMatrix()));
        pass.backward(dOut, identity, List.of(zeros(ONE, width, width)), dInputs);

        assertClose("out", oracle.out("out").flat(), out);
        for (int m = 0; m < inputs.size(); m++) {
            assertClose("dx " + m, oracle.out("dxs").at(m).flat(), dInputs.get(m));
            OracleValue dFactor = oracle.out("dFactors").at(m);
            int rows = dFactor.shape()[1];
            assertClose("dFactor " + m, rows(dFactor, 0, rows - 1).values(), gradients.get(2 * m));
            assertClose(
                    "dFactor " + m + " of the 1", rows(dFactor, rows - 1, rows).values(), gradients.get(2 * m + 1));
        }
        assertClose("dBias", oracle.out("dBias").flat(), gradients.get(gradients.size() - 1));
    }

    private void addBlock(Matrix values, List<Tensor> parameters, List<Tensor> gradients) {
        parameters.add(upload(MatrixStack.of(ONE, s -> values)));
        gradients.add(upload(poison(ONE, values.rows(), values.cols())));
    }

    /** Rows of a factor {@code [rank, rows, width]}, ranks side by side. */
    private static Matrix rows(OracleValue factor, int from, int to) {
        int[] shape = factor.shape();
        double[] values = factor.flat();
        Matrix beside = Matrix.zeros(to - from, shape[0] * shape[2]);
        for (int r = 0; r < shape[0]; r++) {
            for (int i = from; i < to; i++) {
                for (int k = 0; k < shape[2]; k++) {
                    beside.set(i - from, r * shape[2] + k, values[(r * shape[1] + i) * shape[2] + k]);
                }
            }
        }
        return beside;
    }

    private static Matrix identity(int width) {
        Matrix identity = Matrix.zeros(width, width);
        IntStream.range(0, width).forEach(i -> identity.set(i, i, 1));
        return identity;
    }

    private void assertClose(String what, double[] want, Tensor got) {
        TensorAssert.assertClose(what, want, backend.download(got));
    }
}
