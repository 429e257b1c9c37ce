package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.DenseKernelsContract;
import org.metafusion.testkit.FusionKernelsContract;
import org.metafusion.testkit.LossKernelsContract;
import org.metafusion.testkit.OptimizerKernelsContract;
import org.metafusion.testkit.RowUploadContract;
import org.metafusion.testkit.TensorBackendContract;

/** JCuda and everything on it, down to the driver's and cuBLAS's calls, on a card that is not there. */
final class FakeCardTest {

    @Test
    void tellsWhatItIs() {
        try (JCudaDevice device = FakeCard.open(12)) {
            assertThat(device.name()).isEqualTo("Fake Card");
            assertThat(device.detail())
                    .isEqualTo("Fake Card, compute capability 8.6, driver for CUDA 12.4, 0.3 GB, cuBLAS 12.4 through"
                            + " JCublas2");
            assertThat(device.busyBlocks()).isEqualTo(12);
        }
    }

    @Test
    void trainsToTheSameBitsAsWithoutADriver() {
        PhaseOutcome wanted;
        try (CudaBackend backend = new CudaBackend(new CpuDevice())) {
            wanted = SmallTask.train(backend);
        }
        try (CudaBackend backend = new CudaBackend(FakeCard.open(12))) {
            PhaseOutcome got = SmallTask.train(backend);
            for (int s = 0; s < wanted.students().size(); s++) {
                assertThat(got.students().get(s).validationOutputs())
                        .isEqualTo(wanted.students().get(s).validationOutputs());
            }
        }
    }

    @Test
    void copiesMoreThanItsPinnedMemoryHolds() {
        float[] values = new float[3_000_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (CudaBackend backend = new CudaBackend(FakeCard.open(12));
                TensorArena arena = backend.openArena("large")) {
            Tensor tensor = arena.upload(backend, 1, values.length, values);
            Tensor copy = arena.upload(backend, 1, values.length, values);
            backend.dense().add(copy, tensor);

            float[] sum = backend.download(copy);
            for (int i = 0; i < sum.length; i += 997) {
                assertThat(sum[i]).isEqualTo(2f * i);
            }
        }
    }

    @Test
    void memoryThatIsNotThereIsRefusedInWords() {
        try (CudaBackend backend = new CudaBackend(FakeCard.open(12));
                TensorArena arena = backend.openArena("too much")) {
            assertThatThrownBy(() -> arena.zeros(Members.SHARED, 10_000, 10_000))
                    .isInstanceOf(FusionException.class)
                    .hasMessageMatching(
                            "cuda: 0\\.4 GB are wanted for too much but 0\\.3 GB of 0\\.3 GB are free; choose"
                                    + " fewer students .*");
        }
    }

    @Test
    void repeatedStepsAreGraphsOfTheDriver() {
        try (CudaBackend backend = new CudaBackend(FakeCard.open(12));
                TensorArena arena = backend.openArena("steps")) {
            Tensor x = arena.upload(backend, 2, 3, new float[] {1, 2, 3, 4, 5, 6});
            Tensor w = arena.upload(backend, 3, 3, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
            Tensor y = arena.zeros(Members.SHARED, 2, 3);
            for (int i = 0; i < 5; i++) {
                backend.repeat(() -> {
                    backend.dense().add(y, x);
                    backend.dense().multiply(y, x, w);
                });
                assertThat(backend.recorder().hasGraph()).isEqualTo(i > 0);
            }
            assertThat(backend.download(y)).containsExactly(10, 20, 30, 40, 50, 60);
        }
    }

    @Test
    void closingGivesAllMemoryBack() {
        long before = free();
        try (CudaBackend backend = new CudaBackend(FakeCard.open(12))) {
            SmallTask.train(backend);
        }
        assertThat(free()).isEqualTo(before);
    }

    private static long free() {
        try (JCudaDevice device = FakeCard.open(12)) {
            return device.freeBytes();
        }
    }

    @Test
    void aRefusedLaunchNamesKernelGeometryAndError() {
        try (JCudaDevice device = FakeCard.open(12)) {
            assertThatThrownBy(() -> device.launch(Kernel.FILL, new Device.Grid(2, 70_000, 8), new long[4], 4))
                    .isInstanceOf(FusionException.class)
                    .hasMessage(
                            "cuda: cuLaunchKernel of fill_f32, 2 x 70000 blocks of 256 threads, 8 bytes of shared memory,"
                                    + " failed with CUDA_ERROR_INVALID_VALUE (1), an error of the fake card");
        }
    }

    @Test
    void aFailureWhileRunningIsToldByWhoeverWaits() {
        try (JCudaDevice device = FakeCard.open(12)) {
            device.launch(Kernel.FILL, new Device.Grid(1, 1, 1 << 20), new long[4], 4);

            assertThatThrownBy(device::synchronize)
                    .isInstanceOf(FusionException.class)
                    .hasMessageContaining(
                            "cuda: cuStreamSynchronize failed with CUDA_ERROR_LAUNCH_FAILED (719), fill_f32: ")
                    .hasMessageEndingWith(
                            "by this or an earlier launch; the device cannot be used any more in this process:"
                                    + " start again, and please report it");
        }
    }

    @Test
    void worksFromOneThreadAfterTheOther() throws InterruptedException {
        try (CudaBackend backend = new CudaBackend(FakeCard.open(12));
                TensorArena arena = backend.openArena("threads")) {
            Tensor tensor = arena.zeros(Members.SHARED, 2, 3);
            for (int i = 1; i <= 3; i++) {
                float value = i;
                Thread thread = new Thread(() -> backend.fill(tensor, value));
                thread.start();
                thread.join();
                assertThat(backend.download(tensor)).containsOnly(value);
            }
        }
    }

    private static TensorBackend backend() {
        return new CudaBackend(FakeCard.open(12));
    }

    @Nested
    class Backend extends TensorBackendContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return backend();
        }
    }

    @Nested
    class RowUpload extends RowUploadContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return backend();
        }
    }

    @Nested
    class Dense extends DenseKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return backend();
        }
    }

    @Nested
    class Fusion extends FusionKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return backend();
        }
    }

    @Nested
    class Loss extends LossKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return backend();
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return backend();
        }
    }
}
