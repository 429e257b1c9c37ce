package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.CohortProgram.Scale;
import org.metafusion.testkit.RandomProgram.Script;

/**
 * That a backend may queue, reorder and spread its calls over threads as it likes, and nobody can tell: the same calls
 * give the same bits, whether or not somebody waits in between, on one thread or several, today and again.
 */
public abstract class QueuedCallsContract extends BackendContract {

    static Stream<Scale> scales() {
        return Stream.of(
                new Scale(9, 6, 5, 3, Members.of(0, 1, 3, 4, 7)),
                new Scale(65, 70, 33, 10, Members.of(2)),
                new Scale(64, 40, 16, 4, Members.all(24)),
                new Scale(257, 129, 64, 5, Members.all(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scales")
    void waitingAfterEachCallChangesNothing(Scale scale) {
        float[] stepped = CohortProgram.run(backend, scale, true);
        for (float value : stepped) {
            assertThat(value).isFinite();
        }
        for (int round = 0; round < 5; round++) {
            TensorAssert.assertSameBits("queued", stepped, CohortProgram.run(backend, scale, false));
        }
    }

    @ParameterizedTest(name = "tangled={0}")
    @ValueSource(booleans = {false, true})
    void randomCallsGiveWhatTheyGiveOneByOne(boolean tangled) {
        for (long seed = 0; seed < 300; seed++) {
            Script script = new Script(seed, 5 + (int) seed % 40, tangled);
            float[] stepped = RandomProgram.run(backend, script, true);
            float[] queued = RandomProgram.run(backend, script, false);
            TensorAssert.assertSameBits(script.toString(), stepped, queued);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scales")
    void anotherBackendOfTheKindGivesTheSameBits(Scale scale) {
        float[] here = CohortProgram.run(backend, scale, false);

        TensorAssert.assertSameBits("there", here, CohortProgram.run(another(openBackend()), scale, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("scales")
    void theNumberOfThreadsChangesNothing(Scale scale) {
        float[] here = CohortProgram.run(backend, scale, false);
        for (int threads : new int[] {1, 2, 3, 7}) {
            TensorAssert.assertSameBits(
                    threads + " threads", here, CohortProgram.run(another(openBackend(threads)), scale, false));
        }
    }

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 64, 65, 257, 1000})
    void theNumberOfThreadsChangesNoSharedProduct(int rows) {
        MatrixStack x = MatrixStack.random(Members.SHARED, rows, 130, random);
        MatrixStack w = MatrixStack.random(Members.SHARED, 130, 37, random);
        float[] here = sharedProduct(backend, x, w);
        Matrix expected = DenseReference.multiply(Matrix.zeros(rows, 37), x.matrix(0), w.matrix(0));
        TensorAssert.assertClose("product", MatrixStack.shared(expected), here, Tolerance.ofProducts(130));
        for (int threads : new int[] {1, 3}) {
            TensorAssert.assertSameBits(threads + " threads", here, sharedProduct(another(openBackend(threads)), x, w));
        }
    }

    private static float[] sharedProduct(TensorBackend backend, MatrixStack x, MatrixStack w) {
        try (TensorArena arena = backend.openArena("a shared product")) {
            Tensor y = arena.zeros(Members.SHARED, x.rows(), w.cols());
            backend.dense().multiply(y, x.upload(backend, arena), w.upload(backend, arena));
            return backend.download(y);
        }
    }
}
