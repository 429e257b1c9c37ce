package org.metafusion.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUfunction;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUmodule;
import jcuda.driver.CUresult;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.metafusion.core.FusionException;

/**
 * The first card of the NVIDIA driver, through JCuda: the device's primary context, which other libraries in the process
 * share, one stream, the kernels from {@code kernels.ptx} and products from cuBLAS.
 */
final class JCudaDevice implements Device {

    private static final String PTX = "kernels.ptx";
    private static final int MOST_ARGUMENTS = 32;

    private final CUdevice device;
    private final CUcontext context = new CUcontext();
    private final CUmodule module = new CUmodule();
    private final BlasLoader.Stream stream = new BlasLoader.Stream();
    private final Map<Kernel, CUfunction> functions = new EnumMap<>(Kernel.class);
    private final ByteBuffer slots;
    private final Pointer[] parameters = new Pointer[MOST_ARGUMENTS + 1];
    private final Pointer received = new Pointer();
    private final ByteBuffer receivedView;
    private final Staging staging;
    private final Blas blas;
    private final String detail;
    private final int busyBlocks;
    private final Deque<Runnable> releases = new ArrayDeque<>();
    private final Map<Long, CUgraphExec> graphs = new HashMap<>();
    private long lastGraph;

    /** The driver must have been probed and found usable. @throws FusionException if the device cannot be used */
    JCudaDevice() {
        device = CudaDriver.first();
        Cuda.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
        releases.push(() -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
        try {
            enter();
            Cuda.check(JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING), "cuStreamCreate");
            releases.push(() -> JCudaDriver.cuStreamDestroy(stream));
            Cuda.check(JCudaDriver.cuModuleLoadData(module, ptx()), "cuModuleLoadData of " + PTX);
            releases.push(() -> JCudaDriver.cuModuleUnload(module));
            for (Kernel kernel : Kernel.values()) {
                CUfunction function = new CUfunction();
                Cuda.check(
                        JCudaDriver.cuModuleGetFunction(function, module, kernel.symbol()),
                        "cuModuleGetFunction of " + kernel.symbol());
                functions.put(kernel, function);
            }
            slots = ByteBuffer.allocateDirect(Long.BYTES * MOST_ARGUMENTS).order(ByteOrder.nativeOrder());
            prepareParameters();
            staging = new Staging(stream);
            releases.push(staging::close);
            Cuda.check(JCudaDriver.cuMemAllocHost(received, Staging.HALF), "cuMemAllocHost");
            releases.push(() -> JCudaDriver.cuMemFreeHost(received));
            receivedView = received.getByteBuffer(0, Staging.HALF).order(ByteOrder.nativeOrder());
            blas = BlasLoader.open(stream);
            releases.push(blas::close);
            detail = CudaDriver.describe(device) + ", " + Cuda.bytes(memory()[1]) + ", " + blas.describe();
            busyBlocks = CudaDriver.attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device)
                    * CudaDriver.attribute(
                            CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_THREADS_PER_MULTIPROCESSOR, device)
                    / Launcher.BLOCK;
        } catch (RuntimeException e) {
            releaseAll();
            throw e;
        } catch (LinkageError e) {
            releaseAll();
            throw new FusionException("cuda: a CUDA library lacks what is needed, " + e.getMessage(), e);
        }
    }

    /** Gives back what was taken, the last first. */
    private void releaseAll() {
        while (!releases.isEmpty()) {
            releases.pop().run();
        }
    }

    private static String ptx() {
        try (InputStream in = JCudaDevice.class.getResourceAsStream(PTX)) {
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
            parameters[count] = Pointer.to(java.util.Arrays.copyOf(each, count));
        }
    }

    /** The context belongs to the calling thread, on which other libraries may have chosen another since last time. */
    private void enter() {
        Cuda.check(JCudaDriver.cuCtxSetCurrent(context), "cuCtxSetCurrent");
    }

    @Override
    public String name() {
        return CudaDriver.name(device);
    }

    @Override
    public String detail() {
        return detail;
    }

    @Override
    public int busyBlocks() {
        return busyBlocks;
    }

    /** Free and total bytes. */
    private static long[] memory() {
        long[] free = new long[1];
        long[] total = new long[1];
        Cuda.check(JCudaDriver.cuMemGetInfo(free, total), "cuMemGetInfo");
        return new long[] {free[0], total[0]};
    }

    @Override
    public long allocate(long bytes, String purpose) {
        enter();
        Address address = new Address(0);
        int result = JCudaDriver.cuMemAlloc(address, bytes);
        if (result == CUresult.CUDA_ERROR_OUT_OF_MEMORY) {
            long[] memory = memory();
            throw new FusionException("cuda: " + Cuda.bytes(bytes) + " are wanted for " + purpose + " but "
                    + Cuda.bytes(memory[0]) + " of " + Cuda.bytes(memory[1])
                    + " are free; choose fewer students (cohort.max-students), smaller batches, or the cpu backend");
        }
        Cuda.check(result, "cuMemAlloc of " + bytes + " bytes for " + purpose);
        return address.value();
    }

    @Override
    public void free(long address) {
        enter();
        synchronize();
        Cuda.check(JCudaDriver.cuMemFree(new Address(address)), "cuMemFree");
    }

    @Override
    public long freeBytes() {
        enter();
        return memory()[0];
    }

    @Override
    public void clear(long address, long bytes) {
        enter();
        if (bytes > 0) {
            Cuda.check(
                    JCudaDriver.cuMemsetD32Async(new Address(address), 0, bytes / Integer.BYTES, stream),
                    "cuMemsetD32Async of " + bytes + " bytes");
        }
    }

    @Override
    public void write(long address, float[] values, int from, int count) {
        enter();
        staging.send(
                address,
                count,
                Float.BYTES,
                (to, done, some) -> to.asFloatBuffer().put(values, from + done, some));
    }

    @Override
    public void write(long address, int[] values, int from, int count) {
        enter();
        staging.send(
                address,
                count,
                Integer.BYTES,
                (to, done, some) -> to.asIntBuffer().put(values, from + done, some));
    }

    @Override
    public void write(long address, long[] values) {
        enter();
        staging.send(
                address,
                values.length,
                Long.BYTES,
                (to, done, some) -> to.asLongBuffer().put(values, done, some));
    }

    @Override
    public void read(long address, float[] values, int from, int count) {
        enter();
        for (int done = 0; done < count; ) {
            int some = Math.min(count - done, Staging.HALF / Float.BYTES);
            long bytes = (long) Float.BYTES * some;
            Cuda.check(
                    JCudaDriver.cuMemcpyDtoHAsync(
                            received, new Address(address + (long) Float.BYTES * done), bytes, stream),
                    "cuMemcpyDtoHAsync of " + bytes + " bytes");
            synchronize();
            receivedView.position(0).asFloatBuffer().get(values, from + done, some);
            done += some;
        }
    }

    @Override
    public void launch(Kernel kernel, Grid grid, long[] arguments, int count) {
        enter();
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
    public void multiply(Products products) {
        enter();
        try {
            blas.multiply(products);
        } catch (FusionException e) {
            tellEarlierFailure(e);
            throw e;
        }
    }

    /** A product that fails may be the first call to notice that a launch before it did. */
    private void tellEarlierFailure(FusionException failure) {
        int[] capturing = new int[1];
        JCudaDriver.cuStreamIsCapturing(stream, capturing);
        int earlier = capturing[0] == 0 ? JCudaDriver.cuStreamSynchronize(stream) : CUresult.CUDA_SUCCESS;
        if (earlier != CUresult.CUDA_SUCCESS) {
            FusionException cause = Cuda.failure(earlier, "cuStreamSynchronize");
            cause.addSuppressed(failure);
            throw cause;
        }
    }

    @Override
    public void synchronize() {
        enter();
        Cuda.check(JCudaDriver.cuStreamSynchronize(stream), "cuStreamSynchronize");
    }

    @Override
    public long record(Runnable calls) {
        enter();
        Cuda.check(
                JCudaDriver.cuStreamBeginCapture(stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
                "cuStreamBeginCapture");
        CUgraph graph = new CUgraph();
        int ended = CUresult.CUDA_SUCCESS;
        try {
            try {
                calls.run();
            } finally {
                ended = JCudaDriver.cuStreamEndCapture(stream, graph);
            }
            Cuda.check(ended, "cuStreamEndCapture");
            CUgraphExec executable = new CUgraphExec();
            Cuda.check(JCudaDriver.cuGraphInstantiate(executable, graph, 0), "cuGraphInstantiate");
            graphs.put(++lastGraph, executable);
            return lastGraph;
        } finally {
            if (ended == CUresult.CUDA_SUCCESS) {
                JCudaDriver.cuGraphDestroy(graph);
            }
        }
    }

    @Override
    public void replay(long graph) {
        enter();
        Cuda.check(JCudaDriver.cuGraphLaunch(executable(graph), stream), "cuGraphLaunch");
    }

    private CUgraphExec executable(long graph) {
        CUgraphExec executable = graphs.get(graph);
        if (executable == null) {
            throw new IllegalArgumentException("There is no graph " + graph);
        }
        return executable;
    }

    @Override
    public void forget(long graph) {
        enter();
        Cuda.check(JCudaDriver.cuGraphExecDestroy(executable(graph)), "cuGraphExecDestroy");
        graphs.remove(graph);
    }

    @Override
    public void close() {
        enter();
        releaseAll();
    }
}
