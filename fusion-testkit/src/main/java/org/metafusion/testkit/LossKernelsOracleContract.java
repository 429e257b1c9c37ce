package org.metafusion.testkit;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** A backend's loss kernels against the oracle's cases; subclass it as {@code <Backend>LossKernelsOracleTest}. */
public abstract class LossKernelsOracleContract extends BackendContract {

    static Stream<OracleCase> classificationCases() {
        return OracleCases.of("mutual_loss_classification");
    }

    static Stream<OracleCase> regressionCases() {
        return OracleCases.of("mutual_loss_regression");
    }

    static Stream<OracleCase> cooperativeCases() {
        return OracleCases.of("cooperative_loss");
    }

    @ParameterizedTest
    @MethodSource("classificationCases")
    void classification(OracleCase oracle) {
        Tensor logits = stack(oracle.in("logits"));
        float[] classes = oracle.in("labels").floats();
        Tensor labels = arena.upload(backend, classes.length, 1, classes);
        Tensor totals = zeros(logits.members(), 1, 2);
        Tensor dLogits = poisonedLike(logits);

        backend.loss().classification(dLogits, totals, logits, labels, allRows(logits), mutual(oracle));

        assertMeans(oracle, classes.length, totals);
        TensorAssert.assertClose("dLogits", oracle.out("dLogits").flat(), backend.download(dLogits));
    }

    @ParameterizedTest
    @MethodSource("regressionCases")
    void regression(OracleCase oracle) {
        Tensor outputs = stack(oracle.in("outputs"));
        Tensor targets = shared(oracle.in("targets"));
        Tensor totals = zeros(outputs.members(), 1, 2);
        Tensor dOutputs = poisonedLike(outputs);

        backend.loss().regression(dOutputs, totals, outputs, targets, allRows(outputs), mutual(oracle));

        assertMeans(oracle, targets.rows(), totals);
        TensorAssert.assertClose("dOutputs", oracle.out("dOutputs").flat(), backend.download(dOutputs));
    }

    @ParameterizedTest
    @MethodSource("cooperativeCases")
    void cooperative(OracleCase oracle) {
        Matrix fx = oracle.in("fx").asMatrix();
        Matrix fz = oracle.in("fz").asMatrix();
        Tensor outputs = upload(MatrixStack.of(Members.all(2), student -> student == 0 ? fx : fz));
        Tensor targets = shared(oracle.in("targets"));
        float rho = (float) oracle.in("rho").number();
        Tensor totals = zeros(outputs.members(), 1, 2);
        Tensor dOutputs = poisonedLike(outputs);

        backend.loss().cooperative(dOutputs, totals, outputs, targets, allRows(outputs), rho, false);

        float[] sums = backend.download(totals);
        float[] losses = {
            (sums[0] + rho * sums[1]) / targets.rows(), (sums[2] + rho * sums[3]) / targets.rows(),
        };
        double want = oracle.out("loss").number();
        TensorAssert.assertClose("loss", new double[] {want, want}, losses);
        double[] gradients = Stream.of("dFx", "dFz")
                .flatMapToDouble(key -> Arrays.stream(oracle.out(key).flat()))
                .toArray();
        TensorAssert.assertClose("dFx, dFz", gradients, backend.download(dOutputs));
    }

    private MutualTerm mutual(OracleCase oracle) {
        return new MutualTerm(
                shared(oracle.in("divergenceWeights")), (float) oracle.in("rho").number(), 1);
    }

    /** The divergence is not computed where rho is 0, so it is compared only where it counts. */
    private void assertMeans(OracleCase oracle, int rows, Tensor totals) {
        float[] sums = backend.download(totals);
        TensorAssert.assertClose("taskLoss", oracle.out("taskLoss").flat(), means(sums, 0, rows));
        if (oracle.in("rho").number() != 0) {
            TensorAssert.assertClose("divergence", oracle.out("divergence").flat(), means(sums, 1, rows));
        }
    }

    private static float[] means(float[] totals, int column, int rows) {
        float[] means = new float[totals.length / 2];
        IntStream.range(0, means.length).forEach(s -> means[s] = totals[2 * s + column] / rows);
        return means;
    }

    private Tensor stack(OracleValue value) {
        int[] shape = value.shape();
        return arena.upload(backend, Members.all(shape[0]), shape[1], shape[2], value.floats());
    }

    private Tensor shared(OracleValue value) {
        return upload(MatrixStack.shared(value.asMatrix()));
    }

    private Tensor allRows(Tensor outputs) {
        return upload(MatrixStack.filled(outputs.members(), outputs.rows(), 1, 1));
    }

    private Tensor poisonedLike(Tensor outputs) {
        return upload(poison(outputs.members(), outputs.rows(), outputs.cols()));
    }
}
