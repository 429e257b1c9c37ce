package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.tensor.TensorArena;

/** A whole cohort trained by the CUDA backend with its kernels run on the CPU. */
final class CudaCohortOnCpuTest {

    /**
     * The first step allocates scratch and uploads tables, the second is recorded; then row numbers and the step's numbers
     * go to the device, and one graph is started.
     */
    @Test
    void aStepIsTwoUploadsAndOneGraph() {
        CpuDevice device = new CpuDevice();
        try (CudaBackend backend = new CudaBackend(device);
                TensorArena arena = backend.openArena("training");
                TrainingSteps steps = new TrainingSteps(backend, arena)) {
            steps.run();
            steps.run();
            int allocations = device.allocations();
            int writes = device.writes();
            int launches = device.launches();
            for (int i = 0; i < 5; i++) {
                steps.run();
            }
            assertThat(device.allocations()).isEqualTo(allocations);
            assertThat(device.writes() - writes).isEqualTo(5 * 2);
            assertThat(device.recorded()).isEqualTo(1);
            assertThat(device.replays()).isEqualTo(6);
            assertThat(device.launches() - launches).isLessThan(5 * 50);
        }
        assertThat(device.held()).isZero();
    }

    @Test
    void learnsWhatTheCpuBackendLearns() {
        SmallTask.assertLearnedAsOnTheCpu(new CudaBackend(new CpuDevice()));
    }

    @Test
    void dataThatDoNotFitAreStreamedWithTheSameResult() {
        PhaseOutcome resident;
        CpuDevice roomy = new CpuDevice();
        try (CudaBackend backend = new CudaBackend(roomy)) {
            resident = SmallTask.train(backend);
        }
        CpuDevice tight = new CpuDevice().withFreeBytes(100);
        try (CudaBackend backend = new CudaBackend(tight)) {
            PhaseOutcome streamed = SmallTask.train(backend);
            for (int s = 0; s < streamed.students().size(); s++) {
                assertThat(streamed.students().get(s).validationOutputs())
                        .isEqualTo(resident.students().get(s).validationOutputs());
            }
        }
        assertThat(tight.writes()).isGreaterThan(roomy.writes());
    }
}
