package org.metafusion.cuda;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** g++, which builds the kernels for the CPU; results are kept in {@code target/cuda-on-cpu} until their input changes. */
final class Compiler {

    /** No fused multiply-add: results must not depend on the host. */
    private static final List<String> COMMON = List.of("-std=c++17", "-ffp-contract=off", "-w");

    private final String version;

    private Compiler(String version) {
        this.version = version;
    }

    /** The compiler; without one the test is skipped, or fails where the environment variable CI is set. */
    static Compiler require() {
        String missing = "g++ on Linux is needed to run CUDA kernels on the CPU; install it (Debian: apt install g++)";
        try {
            if (System.getProperty("os.name").equals("Linux")) {
                return new Compiler(run(List.of("g++", "--version")));
            }
        } catch (IOException e) {
            missing += ": " + e.getMessage();
        }
        if (System.getenv("CI") != null) {
            fail(missing);
        }
        return abort(missing);
    }

    /**
     * Compiles {@code source} unless that was done before.
     *
     * @param input all that the result depends on beside flags, compiler and {@code src/test/cuda}
     */
    Path build(String name, List<String> flags, Path source, String input) {
        try {
            String tool = CudaSources.in(CudaSources.testFolder()).hash();
            String hash = CudaSources.sha256(version + flags + tool + source.getFileName() + input);
            Path folder = Files.createDirectories(CudaSources.module().resolve("target/cuda-on-cpu"));
            Path result = folder.resolve(hash.substring(0, 16) + "-" + name);
            if (!Files.exists(result)) {
                Path fresh = Files.createTempFile(folder, "building", name);
                List<String> command = new ArrayList<>(List.of("g++"));
                command.addAll(COMMON);
                command.addAll(flags);
                command.addAll(List.of(source.toString(), "-o", fresh.toString(), "-ldl"));
                run(command);
                Files.move(fresh, result, StandardCopyOption.ATOMIC_MOVE);
            }
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command prints. @throws IllegalStateException with its output if it fails */
    static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " ended with status " + status + ":\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + command.get(0), e);
        }
        return output;
    }
}
