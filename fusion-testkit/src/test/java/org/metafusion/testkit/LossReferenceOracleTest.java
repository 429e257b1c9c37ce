package org.metafusion.testkit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.testkit.LossReference.Loss;
import org.metafusion.testkit.LossReference.Mutual;

final class LossReferenceOracleTest {

    static Stream<OracleCase> classification() {
        return OracleCases.of("mutual_loss_classification");
    }

    static Stream<OracleCase> regression() {
        return OracleCases.of("mutual_loss_regression");
    }

    static Stream<OracleCase> cooperative() {
        return OracleCases.of("cooperative_loss");
    }

    @ParameterizedTest
    @MethodSource("classification")
    void classification(OracleCase oracle) {
        List<Matrix> logits = matrices(oracle.in("logits"));
        double[] labels = oracle.in("labels").flat();
        Loss loss = LossReference.classification(
                logits, Matrix.of(labels.length, 1, labels), allRows(logits), mutual(oracle));

        assertMeans(oracle, labels.length, loss);
        assertGradients(oracle.out("dLogits"), loss);
    }

    @ParameterizedTest
    @MethodSource("regression")
    void regression(OracleCase oracle) {
        List<Matrix> outputs = matrices(oracle.in("outputs"));
        Matrix targets = oracle.in("targets").asMatrix();
        Loss loss = LossReference.regression(outputs, targets, allRows(outputs), mutual(oracle));

        assertMeans(oracle, targets.rows(), loss);
        assertGradients(oracle.out("dOutputs"), loss);
    }

    @ParameterizedTest
    @MethodSource("cooperative")
    void cooperative(OracleCase oracle) {
        List<Matrix> outputs =
                List.of(oracle.in("fx").asMatrix(), oracle.in("fz").asMatrix());
        Matrix targets = oracle.in("targets").asMatrix();
        double rho = oracle.in("rho").number();
        Loss loss = LossReference.cooperative(outputs, targets, allRows(outputs), rho, false);

        for (int s = 0; s < 2; s++) {
            double mean = (loss.task()[s] + rho * loss.divergence()[s]) / targets.rows();
            assertClose("loss", oracle.out("loss").flat(), new double[] {mean});
        }
        assertClose("dFx", oracle.out("dFx").flat(), loss.dOutputs().get(0).values());
        assertClose("dFz", oracle.out("dFz").flat(), loss.dOutputs().get(1).values());
    }

    private static Mutual mutual(OracleCase oracle) {
        return new Mutual(
                oracle.in("divergenceWeights").asMatrix(), oracle.in("rho").number(), 1);
    }

    /** The divergence is not computed where rho is 0, so it is compared only where it counts. */
    private static void assertMeans(OracleCase oracle, int rows, Loss loss) {
        assertClose("taskLoss", oracle.out("taskLoss").flat(), means(loss.task(), rows));
        if (oracle.in("rho").number() != 0) {
            assertClose("divergence", oracle.out("divergence").flat(), means(loss.divergence(), rows));
        }
    }

    private static void assertGradients(OracleValue want, Loss loss) {
        for (int s = 0; s < loss.dOutputs().size(); s++) {
            assertClose(
                    "gradient of student " + s,
                    want.at(s).flat(),
                    loss.dOutputs().get(s).values());
        }
    }

    private static void assertClose(String what, double[] want, double[] got) {
        TensorAssert.assertClose(what, want, got, Tolerance.FLOAT64);
    }

    private static double[] means(double[] sums, int rows) {
        return IntStream.range(0, sums.length).mapToDouble(i -> sums[i] / rows).toArray();
    }

    private static List<Matrix> matrices(OracleValue stack) {
        return stack.items().stream().map(OracleValue::asMatrix).toList();
    }

    private static List<Matrix> allRows(List<Matrix> outputs) {
        return outputs.stream()
                .map(output -> Matrix.filled(output.rows(), 1, 1))
                .toList();
    }
}
