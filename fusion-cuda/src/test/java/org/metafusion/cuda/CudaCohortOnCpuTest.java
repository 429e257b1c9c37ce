package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.TensorArena;

/** A whole cohort trained by the CUDA backend with its kernels run on the CPU. */
final class CudaCohortOnCpuTest {

    /** The first steps allocate scratch and upload tables; then only a batch's row numbers go to the device. */
    @Test
    void aStepUploadsOnceAndAllocatesNothing() {
        CpuDevice device = new CpuDevice();
        try (CudaBackend backend = new CudaBackend(device);
                TensorArena arena = backend.openArena("training");
                TrainingSteps steps = new TrainingSteps(backend, arena)) {
            steps.run();
            // The row numbers of the last 16 batches have memory of their own.
            for (int i = 1; i < 16; i++) {
                int before = device.writes();
                steps.run();
                assertThat(device.writes() - before).isEqualTo(1);
            }
            int allocations = device.allocations();
            int writes = device.writes();
            int launches = device.launches();
            for (int i = 0; i < 5; i++) {
                steps.run();
            }
            assertThat(device.allocations()).isEqualTo(allocations);
            assertThat(device.writes() - writes).isEqualTo(5);
            assertThat(device.launches() - launches).isLessThan(5 * 50);
        }
        assertThat(device.held()).isZero();
    }

    @Test
    void learnsWhatTheCpuBackendLearns() {
        SmallTask.assertLearnedAsOnTheCpu(new CudaBackend(new CpuDevice()));
    }
}
