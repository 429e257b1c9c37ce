package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/** That repeated steps become graphs, and do what they do one call after the other. */
final class StepRecorderTest {

    private static final Members TWO = Members.all(2);

    private final CpuDevice device = new CpuDevice();

    /** Runs {@code step} with and without repetition, on devices of the same kind; the results must be the same bits. */
    private float[] repeated(int times, Step step) {
        float[] wanted = run(new CudaBackend(new CpuDevice()), times, step, false);
        float[] got = run(new CudaBackend(device), times, step, true);
        assertThat(got).isEqualTo(wanted);
        return got;
    }

    /** Some calls of a step that is made for the {@code i}-th time. */
    private interface Step {
        void run(TensorBackend backend, Tensors tensors, int i);
    }

    private record Tensors(Tensor x, Tensor w, Tensor y, Tensor all, Tensor flat, Tensor m, Tensor v) {}

    private static float[] run(CudaBackend backend, int times, Step step, boolean repeat) {
        try (backend;
                TensorArena arena = backend.openArena("steps")) {
            Tensors tensors = new Tensors(
                    arena.upload(backend, 3, 4, numbers(12)),
                    arena.upload(backend, TWO, 4, 5, numbers(40)),
                    arena.zeros(TWO, 3, 5),
                    arena.upload(backend, 9, 4, numbers(36)),
                    arena.upload(backend, 1, 30, numbers(30)),
                    arena.zeros(Members.SHARED, 1, 30),
                    arena.zeros(Members.SHARED, 1, 30));
            IntConsumer one = i -> step.run(backend, tensors, i);
            for (int i = 0; i < times; i++) {
                int now = i;
                if (repeat) {
                    backend.repeat(() -> one.accept(now));
                } else {
                    one.accept(now);
                }
            }
            float[] y = backend.download(tensors.y());
            float[] flat = backend.download(tensors.flat());
            float[] both = java.util.Arrays.copyOf(y, y.length + flat.length);
            System.arraycopy(flat, 0, both, y.length, flat.length);
            return both;
        }
    }

    private static float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) Math.sin(i + 1);
        }
        return numbers;
    }

    private static void learn(TensorBackend backend, Tensors tensors, int i) {
        backend.gather(tensors.x(), tensors.all(), new int[] {i, (2 * i) % 9, 8 - i}, 0);
        backend.dense().multiply(tensors.y(), tensors.x(), tensors.w());
        backend.dense().dropout(tensors.y(), 0.4f, 77L * i);
        ParameterLayout parts = new ParameterLayout(TWO, new int[] {0, 13, 13, 30});
        backend.optimizer()
                .adamW(tensors.flat(), tensors.flat(), tensors.m(), tensors.v(), parts, AdamW.of(0.1f, 0, i + 1));
    }

    @Test
    void stepsThatDifferInNumbersAloneAreReplayed() {
        repeated(8, StepRecorderTest::learn);

        assertThat(device.recorded()).isEqualTo(1);
        assertThat(device.replays()).isEqualTo(7);
    }

    @Test
    void aStepThatDiffersIsStartedPieceByPiece() {
        repeated(8, (backend, tensors, i) -> {
            learn(backend, tensors, i);
            if (i == 4) {
                backend.fill(tensors.y(), 0.5f);
            }
        });

        assertThat(device.recorded()).isEqualTo(2);
        assertThat(device.replays()).isEqualTo(3 + 2);
    }

    @Test
    void aStepThatDiffersInOneArgumentAloneIsNoRepetition() {
        repeated(6, (backend, tensors, i) -> {
            learn(backend, tensors, i);
            backend.fill(tensors.y(), i < 3 ? 0.5f : 0.75f);
        });

        assertThat(device.recorded()).isEqualTo(2);
        assertThat(device.replays()).isEqualTo(2 + 2);
    }

    @Test
    void aStepThatLooksOrUploadsOnTheWayIsNoGraph() {
        repeated(4, (backend, tensors, i) -> {
            learn(backend, tensors, i);
            float[] y = backend.download(tensors.y());
            backend.upload(tensors.y(), y);
            backend.dense().dropout(tensors.y(), 0.1f, i);
        });

        assertThat(device.recorded()).isZero();
    }

    @Test
    void twoBatchesInOneStepDoNotMeet() {
        repeated(4, (backend, tensors, i) -> {
            learn(backend, tensors, i);
            learn(backend, tensors, i + 1);
        });

        assertThat(device.recorded()).isZero();
    }

    @Test
    void moreNumbersThanThereArePlacesForAreUploadedInTurns() {
        repeated(3, (backend, tensors, i) -> {
            for (int k = 0; k < 300; k++) {
                backend.dense().dropout(tensors.y(), 0.001f, 1000L * i + k);
            }
        });
    }

    @Test
    void whatWasCalledBeforeAFailureIsDone() {
        try (CudaBackend backend = new CudaBackend(device);
                TensorArena arena = backend.openArena("failing")) {
            Tensor y = arena.zeros(Members.SHARED, 2, 2);
            for (int i = 1; i <= 3; i++) {
                float value = i;
                assertThatThrownBy(() -> backend.repeat(() -> {
                            backend.fill(y, value);
                            throw new FusionException("on the way");
                        }))
                        .hasMessage("on the way");
                assertThat(backend.download(y)).containsOnly(value);
            }
        }
    }

    @Test
    void aStepThatFailsAtOnceLeavesNothingBehind() {
        try (CudaBackend backend = new CudaBackend(new CpuDevice());
                TensorArena arena = backend.openArena("after a failure")) {
            assertThatThrownBy(() -> backend.repeat(() -> {
                        throw new FusionException("at once");
                    }))
                    .hasMessage("at once");

            Tensor y = arena.upload(backend, 4, 8, numbers(32));
            backend.dense().dropout(y, 0.5f, 123_456_789_123L);

            try (CudaBackend fresh = new CudaBackend(new CpuDevice());
                    TensorArena other = fresh.openArena("the same without")) {
                Tensor expected = other.upload(fresh, 4, 8, numbers(32));
                fresh.dense().dropout(expected, 0.5f, 123_456_789_123L);
                assertThat(backend.download(y)).isEqualTo(fresh.download(expected));
            }
        }
    }

    @Test
    void nothingIsLeftOfGraphsWhenTheBackendCloses() {
        repeated(5, StepRecorderTest::learn);

        assertThat(device.graphs()).isZero();
        assertThat(device.held()).isZero();
    }
}
