package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The CUDA kernels, compiled for the CPU, against double-precision references: each check in several grids, thread
 * orders and alignments, which must all give the same bits.
 */
final class CudaSourcesTest {

    @TestFactory
    Stream<DynamicTest> dense() {
        return tests(DenseChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> fusion() {
        return tests(FusionChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> gates() {
        return tests(GateChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> loss() {
        return tests(LossChecks.all());
    }

    @TestFactory
    Stream<DynamicTest> optimizer() {
        return tests(OptimizerChecks.all());
    }

    private static Stream<DynamicTest> tests(List<KernelCheck> checks) {
        CpuKernels kernels = CpuKernels.shared();
        return checks.stream()
                .map(check -> dynamicTest(check.name(), () -> check.body().accept(kernels)));
    }

    @Test
    void everyKernelRunsOnTheCpu() throws Exception {
        String registered = Files.readString(Path.of("src/test/cuda/kernels_on_cpu.cpp"));
        List<String> kernels = CudaSources.main().kernels();
        assertThat(kernels).hasSizeGreaterThan(20);
        assertThat(kernels).allSatisfy(kernel -> assertThat(registered).contains("CPU_KERNEL(" + kernel + ")"));
        assertThat(Pattern.compile("CPU_KERNEL\\(").matcher(registered).results())
                .hasSameSizeAs(kernels);
    }

    @Test
    void refusesUnknownKernelsAndBadLaunches() {
        CpuKernels kernels = CpuKernels.shared();
        CpuKernels.Launch launch = CpuKernels.Launch.of(1, 1, 0);
        assertThatThrownBy(() -> kernels.launch("none_f32", launch))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no such kernel, or another number of arguments");
        assertThatThrownBy(() -> kernels.launch("relu_f32", launch, 0, 0))
                .hasMessageContaining("no such kernel, or another number of arguments");
        assertThatThrownBy(() -> kernels.launch("relu_f32", CpuKernels.Launch.of(0, 1, 0), 0, 0, 0))
                .hasMessageContaining("relu_f32: CUDA_ERROR_INVALID_VALUE: launch dimensions");
        assertThatThrownBy(() -> kernels.launch("relu_f32", CpuKernels.Launch.of(1, 1, 50_000), 0, 0, 0))
                .hasMessageContaining("CUDA_ERROR_INVALID_VALUE: dynamic shared memory");
    }
}
