package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every kernel over heap buffers of exactly the size it may use, watched by AddressSanitizer in a process of its own. */
final class MemoryBoundsTest {

    @Test
    void noKernelReadsOrWritesOutsideItsOperands() throws IOException {
        assertThat(run(CudaSources.main(), Compiler.require()))
                .contains("launches of " + CudaSources.main().kernels().size() + " kernels");
    }

    @Test
    void aReadBehindTheEndIsNoticed() {
        Compiler compiler = Compiler.require();
        CudaSources faulty = CudaSources.main()
                .with(
                        "planted",
                        "fusion.cu",
                        "static_cast<unsigned>(d) ? x[s][i - at.row] : 1.f",
                        "~0u ? x[s][i] : 1.f");
        assertThatThrownBy(() -> run(faulty, compiler))
                .hasMessageContaining("heap-buffer-overflow")
                .hasMessageContaining("append_ones_f32");
    }

    private static String run(CudaSources sources, Compiler compiler) throws IOException {
        Path program = compiler.build(
                sources.name() + "-on-heap",
                List.of("-O1", "-g1", "-fsanitize=address", "-fno-omit-frame-pointer", "-I" + sources.unpacked()),
                CudaSources.testFolder().resolve("kernels_on_heap.cpp"),
                sources.hash());
        return Compiler.run(
                List.of("env", "ASAN_OPTIONS=detect_stack_use_after_return=0:detect_leaks=0", program.toString()));
    }
}
