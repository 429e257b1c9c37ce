package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import jcuda.nvptxcompiler.JNvPTXCompiler;
import jcuda.nvptxcompiler.nvPTXCompileResult;
import jcuda.nvptxcompiler.nvPTXCompilerHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The PTX that is shipped: up to date, and accepted for every supported architecture. */
final class KernelPtxTest {

    @Test
    void wasBuiltFromTheSources() throws IOException {
        assertThat(ptx().lines().findFirst().orElse("") + "\n")
                .as("the CUDA sources changed since kernels.ptx was built; run " + PtxBuild.COMMAND)
                .isEqualTo(PtxBuild.header(CudaSources.main()));
    }

    @Test
    void holdsEveryKernel() throws IOException {
        assertThat(Pattern.compile("\\.visible \\.entry (\\w+)\\(")
                        .matcher(ptx())
                        .results())
                .extracting((MatchResult match) -> match.group(1))
                .containsExactlyInAnyOrderElementsOf(CudaSources.main().kernels());
    }

    /** Volta, Turing, Ampere (server, desktop), Ada, Hopper. */
    @ParameterizedTest(name = "sm_{0}")
    @ValueSource(ints = {70, 75, 80, 86, 89, 90})
    void assembles(int architecture) throws IOException {
        assumeLinux();
        assertThat(assemble(ptx(), architecture)).isEmpty();
    }

    @Test
    void theAssemblerTellsErrors() throws IOException {
        assumeLinux();
        assertThat(assemble(ptx().replaceFirst("ld\\.param", "ld.nowhere"), 80)).contains(".nowhere");
    }

    private static void assumeLinux() {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        assumeTrue(machine.equals("Linux amd64"), "the PTX compiler of the tests is for Linux on x86-64");
    }

    private static String ptx() throws IOException {
        return Files.readString(CudaSources.module().resolve(PtxBuild.RESOURCE));
    }

    /** The errors of the assembler, none if all is well. */
    private static String assemble(String ptx, int architecture) {
        byte[] text = (ptx + "\0").getBytes(StandardCharsets.US_ASCII);
        nvPTXCompilerHandle compiler = new nvPTXCompilerHandle();
        assertThat(JNvPTXCompiler.nvPTXCompilerCreate(compiler, text.length, text))
                .isZero();
        String[] options = {"--gpu-name=sm_" + architecture};
        int result = JNvPTXCompiler.nvPTXCompilerCompile(compiler, options.length, options);
        try {
            return result == nvPTXCompileResult.NVPTXCOMPILE_SUCCESS ? "" : "error " + result + ": " + log(compiler);
        } finally {
            JNvPTXCompiler.nvPTXCompilerDestroy(compiler);
        }
    }

    private static String log(nvPTXCompilerHandle compiler) {
        long[] size = new long[1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLogSize(compiler, size);
        byte[] log = new byte[Math.toIntExact(size[0]) + 1];
        JNvPTXCompiler.nvPTXCompilerGetErrorLog(compiler, log);
        return new String(log, StandardCharsets.UTF_8).trim();
    }
}
