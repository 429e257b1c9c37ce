package org.metafusion.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUfunction;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;
import org.metafusion.core.FusionException;

/** The kernels of {@code kernels.ptx} on the card, launched on one stream by the thread that has the context. */
final class KernelModule implements AutoCloseable {

    private static final String PTX = "kernels.ptx";
    private static final int MOST_ARGUMENTS = 32;

    private final CUmodule module = new CUmodule();
    private final CUstream stream;
    private final Map<Kernel, CUfunction> functions = new EnumMap<>(Kernel.class);
    private final ByteBuffer slots =
            ByteBuffer.allocateDirect(Long.BYTES * MOST_ARGUMENTS).order(ByteOrder.nativeOrder());
    private final Pointer[] parameters = new Pointer[MOST_ARGUMENTS + 1];

    /** Loads the kernels; the driver compiles them for its card. @throws FusionException if it cannot */
    KernelModule(CUstream stream) {
        this.stream = stream;
        Cuda.check(JCudaDriver.cuModuleLoadData(module, ptx()), "cuModuleLoadData of " + PTX);
        try {
            for (Kernel kernel : Kernel.values()) {
                CUfunction function = new CUfunction();
                Cuda.check(
                        JCudaDriver.cuModuleGetFunction(function, module, kernel.symbol()),
                        "cuModuleGetFunction of " + kernel.symbol());
                functions.put(kernel, function);
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        prepareParameters();
    }

    private static String ptx() {
        try (InputStream in = KernelModule.class.getResourceAsStream(PTX)) {
            if (in == null) {
                throw new FusionException("cuda: " + PTX + " is missing from the jar fusion-cuda; build it again");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + PTX, e);
        }
    }

    /** A launch takes an array of pointers to its arguments; both are made once and filled anew each time. */
    private void prepareParameters() {
        Pointer[] each = new Pointer[MOST_ARGUMENTS];
        for (int i = 0; i < MOST_ARGUMENTS; i++) {
            slots.limit(Long.BYTES * (i + 1)).position(Long.BYTES * i);
            each[i] = Pointer.toBuffer(slots.slice());
        }
        slots.clear();
        for (int count = 0; count <= MOST_ARGUMENTS; count++) {
            parameters[count] = Pointer.to(Arrays.copyOf(each, count));
        }
    }

    /** Puts a kernel on the stream, with the first {@code count} arguments. */
    void launch(Kernel kernel, Device.Grid grid, long[] arguments, int count) {
        for (int i = 0; i < count; i++) {
            slots.putLong(Long.BYTES * i, arguments[i]);
        }
        int result = JCudaDriver.cuLaunchKernel(
                functions.get(kernel),
                grid.x(),
                grid.y(),
                1,
                Launcher.BLOCK,
                1,
                1,
                grid.sharedBytes(),
                stream,
                parameters[count],
                null);
        if (result != CUresult.CUDA_SUCCESS) {
            throw Cuda.failure(
                    result,
                    "cuLaunchKernel of " + kernel.symbol() + ", " + grid.x() + " x " + grid.y() + " blocks of "
                            + Launcher.BLOCK + " threads, " + grid.sharedBytes() + " bytes of shared memory,");
        }
    }

    @Override
    public void close() {
        JCudaDriver.cuModuleUnload(module);
    }
}
