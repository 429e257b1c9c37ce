package org.metafusion.cuda;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The project's CUDA kernels compiled by g++ and run on the CPU, so that tests execute them without a graphics card; see
 * {@code src/test/cuda/cuda_on_cpu.hpp} for how and for what it cannot show.
 */
final class CpuKernels {

    private static final class Shared {
        static final CpuKernels KERNELS = build(CudaSources.main(), "-O2");
    }

    private final long library;

    private CpuKernels(long library) {
        this.library = library;
    }

    /** The kernels of {@code src/main/cuda}, built once for these sources. */
    static CpuKernels shared() {
        Compiler.require(); // here, since a test skipped inside a class initialiser is an error
        return Shared.KERNELS;
    }

    /** The kernels of any version of the sources, compiled with these flags. */
    static CpuKernels build(CudaSources sources, String... flags) {
        Compiler compiler = Compiler.require();
        loadDoor(compiler);
        List<String> all = new ArrayList<>(List.of("-shared", "-fPIC", "-fvisibility=hidden", "-fno-gnu-unique"));
        all.add("-I" + sources.unpacked());
        all.addAll(List.of(flags));
        Path source = CudaSources.testFolder().resolve("kernels_on_cpu.cpp");
        Path library = compiler.build(sources.name() + ".so", all, source, sources.hash());
        return new CpuKernels(open(library.toString()));
    }

    private static synchronized void loadDoor(Compiler compiler) {
        Path java = Path.of(System.getProperty("java.home"), "include");
        Path library = compiler.build(
                "kernels_jni.so",
                List.of("-O1", "-shared", "-fPIC", "-I" + java, "-I" + java.resolve("linux")),
                CudaSources.testFolder().resolve("kernels_jni.cpp"),
                "");
        System.load(library.toString());
    }

    /**
     * Runs a kernel to its end; launches are serialised.
     *
     * @param arguments 8 raw bytes each: an address, a long, or the bits of an int or float ({@link #bits})
     * @throws IllegalStateException with CUDA's name for the error, or what the run found (a barrier not all reach, ...)
     */
    void launch(String kernel, Launch launch, long... arguments) {
        int[] dims = {
            launch.gridX,
            launch.gridY,
            launch.gridZ,
            launch.blockX,
            launch.blockY,
            launch.blockZ,
            launch.sharedBytes,
            launch.order
        };
        String error;
        synchronized (CpuKernels.class) {
            error = launch(library, kernel, dims, arguments);
        }
        if (error != null) {
            throw new IllegalStateException(kernel + " " + launch + ": " + error);
        }
    }

    static long bits(int value) {
        return Integer.toUnsignedLong(value);
    }

    static long bits(float value) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(value));
    }

    /**
     * The geometry of a launch.
     *
     * @param sharedBytes dynamic shared memory
     * @param order which warp and lane runs first: {@link #FORWARD}, {@link #REVERSE} or the seed of a shuffle
     */
    record Launch(int gridX, int gridY, int gridZ, int blockX, int blockY, int blockZ, int sharedBytes, int order) {
        static final int FORWARD = 0;
        static final int REVERSE = -1;

        /** Blocks of 256 threads. */
        static Launch of(int gridX, int gridY, int sharedBytes) {
            return new Launch(gridX, gridY, 1, 256, 1, 1, sharedBytes, FORWARD);
        }

        Launch ordered(int newOrder) {
            return new Launch(gridX, gridY, gridZ, blockX, blockY, blockZ, sharedBytes, newOrder);
        }
    }

    private static native long open(String path);

    private static native @Nullable String launch(long library, String kernel, int[] dims, long[] arguments);

    /** The address of a direct buffer. */
    static native long address(ByteBuffer buffer);
}
