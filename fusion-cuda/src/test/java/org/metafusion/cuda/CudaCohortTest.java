package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.testkit.OptionalBackend;

/** A whole cohort trained by the CUDA backend. */
final class CudaCohortTest {

    /** The first steps allocate scratch and upload tables; then only a batch's row numbers go to the device. */
    @Test
    void aStepUploadsOnceAndAllocatesNothing() {
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
            assertThat(device.writes() - writes).isEqualTo(5);
            assertThat(device.launches() - launches).isLessThan(5 * 50);
        }
        assertThat(device.held()).isZero();
    }

    @Test
    void learnsWhatTheCpuBackendLearns() {
        assertLearnsTheSame(new CudaBackend(new CpuDevice()));
    }

    @Test
    void learnsWhatTheCpuBackendLearnsOnACard() {
        assertLearnsTheSame(OptionalBackend.open(new CudaBackendProvider(), 0));
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

    private static void assertLearnsTheSame(TensorBackend other) {
        PhaseOutcome wanted;
        try (TensorBackend cpu = new CpuBackendProvider().open(new BackendConfig(1))) {
            wanted = SmallTask.train(cpu);
        }
        PhaseOutcome got;
        try (TensorBackend cuda = other) {
            got = SmallTask.train(cuda);
        }
        assertThat(got.students()).hasSameSizeAs(wanted.students());
        for (int s = 0; s < wanted.students().size(); s++) {
            StudentOutcome want = wanted.students().get(s);
            StudentOutcome have = got.students().get(s);
            assertThat(have.validationLoss()).isCloseTo(want.validationLoss(), within(1e-4));
            for (int epoch = 0; epoch < want.lossByEpoch().length; epoch++) {
                assertThat(have.lossByEpoch()[epoch])
                        .as("student %d, epoch %d", s, epoch + 1)
                        .isCloseTo(want.lossByEpoch()[epoch], within(1e-4));
            }
            for (int i = 0; i < want.validationOutputs().length; i++) {
                assertThat(have.validationOutputs()[i]).isCloseTo(want.validationOutputs()[i], within(1e-3f));
            }
        }
    }
}
