package org.metafusion.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

class CpuBackendTest {

    private static final int WINDOW = 1_000;
    private static final long BYTES_A_STEP = 64;

    @Test
    void isFoundByServiceLoader() {
        assertThat(StreamSupport.stream(
                                ServiceLoader.load(BackendProvider.class).spliterator(), false)
                        .map(BackendProvider::name))
                .contains("cpu");
    }

    @Test
    void sameBitsForAnyNumberOfThreads() {
        float[] one = SmallCohort.train(1, 60);
        assertThat(SmallCohort.train(2, 60)).isEqualTo(one);
        assertThat(SmallCohort.train(3, 60)).isEqualTo(one);
    }

    @Test
    void trainingLowersTheLoss() {
        float[] early = SmallCohort.losses(2, 5);
        float[] late = SmallCohort.losses(2, 300);
        for (int student = 0; student < early.length; student++) {
            assertThat(late[student]).isLessThan(0.5f * early[student]);
        }
    }

    /** Vectors are boxed until the compiler is done, so windows of steps are tried until it is. */
    @Test
    void aStepAllocatesNothing() {
        long least = Long.MAX_VALUE;
        try (SmallCohort cohort = new SmallCohort(2)) {
            for (int window = 0; window < 40 && least >= BYTES_A_STEP * WINDOW; window++) {
                long before = allocated();
                cohort.steps(WINDOW);
                least = Math.min(least, allocated() - before);
            }
        }
        assertThat(least).isLessThan(BYTES_A_STEP * WINDOW);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    @Test
    void writingWhatQueuedCallsReadAcrossStudentsWaitsForThem() {
        try (CpuBackend backend = new CpuBackend(new BackendConfig(2))) {
            TensorArena arena = backend.openArena("test");
            Tensor flat = arena.upload(backend, 1, 4, new float[] {1, 2, 3, 4});
            Tensor own = arena.view(flat, new int[] {0, 2}, Members.all(2), 1, 2);
            Tensor shared = arena.view(flat, new int[] {0}, Members.SHARED, 1, 2);
            Tensor y = arena.zeros(Members.all(2), 1, 2);
            backend.dense().bias(own, y);
            backend.dense().bias(y, own);
            assertThat(backend.download(y)).containsExactly(0, 0, 0, 0);
            assertThat(backend.download(shared)).containsExactly(0, 0);
        }
    }

    @Test
    void messagesSayWhatWasExpectedAndWhatCame() {
        try (CpuBackend backend = new CpuBackend(new BackendConfig(1))) {
            TensorArena arena = backend.openArena("step");
            Tensor y = arena.zeros(Members.all(2), 3, 4);
            Tensor x = arena.zeros(Members.SHARED, 3, 5);
            Tensor w = arena.zeros(Members.all(2), 6, 4);
            Tensor third = arena.zeros(Members.of(2), 5, 4);
            assertThatThrownBy(() -> backend.dense().multiply(y, x, w))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("multiply: w must be [5, 4] but the operands are y [2 students, 3, 4],"
                            + " x [shared, 3, 5], w [2 students, 6, 4]");
            assertThatThrownBy(() -> backend.dense().multiply(y, x, third))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("multiply: y must have a matrix for each of students [2] but has [0, 1]");
            assertThatThrownBy(() -> backend.upload(y, new float[3]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("upload: target [2 students, 3, 4] takes 24 values but got 3");
            arena.close();
            assertThatThrownBy(() -> backend.dense().activate(y, Activation.RELU))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("activate: y belongs to arena 'step', which is closed");
        }
    }
}
