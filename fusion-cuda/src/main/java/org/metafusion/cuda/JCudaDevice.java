package org.metafusion.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import jcuda.Pointer;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.metafusion.core.FusionException;

/**
 * The first card of the NVIDIA driver, through JCuda: the device's primary context, which other libraries in the process
 * share, one stream, the kernels from {@code kernels.ptx} and products from cuBLAS.
 */
final class JCudaDevice implements Device {

    private final CUdevice device;
    private final CUcontext context = new CUcontext();
    private final BlasLoader.Stream stream = new BlasLoader.Stream();
    private final DeviceGraphs graphs = new DeviceGraphs(stream);
    private final KernelModule kernels;
    private final Pointer received = new Pointer();
    private final ByteBuffer receivedView;
    private final Staging staging;
    private final Blas blas;
    private final String detail;
    private final int busyBlocks;
    private final Deque<Runnable> releases = new ArrayDeque<>();

    /** The driver must have been probed and found usable. @throws FusionException if the device cannot be used */
    JCudaDevice() {
        device = CudaDriver.first();
        Cuda.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), "cuDevicePrimaryCtxRetain");
        releases.push(() -> JCudaDriver.cuDevicePrimaryCtxRelease(device));
        try {
            enter();
            Cuda.check(JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING), "cuStreamCreate");
            releases.push(() -> JCudaDriver.cuStreamDestroy(stream));
            kernels = new KernelModule(stream);
            releases.push(kernels::close);
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
        kernels.launch(kernel, grid, arguments, count);
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
        return graphs.record(calls);
    }

    @Override
    public void replay(long graph) {
        enter();
        graphs.replay(graph);
    }

    @Override
    public void forget(long graph) {
        enter();
        graphs.forget(graph);
    }

    @Override
    public void close() {
        enter();
        releaseAll();
    }
}
