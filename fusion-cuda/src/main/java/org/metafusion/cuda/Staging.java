package org.metafusion.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUstream;
import jcuda.driver.JCudaDriver;

/**
 * Pinned host memory through which copies to the device go, so that they are queued like everything else and the host does
 * not wait. It is written front to back in two halves; a half is written again once the copies out of it are done.
 */
final class Staging implements AutoCloseable {

    /** Bytes of a half. */
    static final int HALF = 4 << 20;

    private static final int ALIGNMENT = 16;

    private final CUstream stream;
    private final Pointer memory = new Pointer();
    private final ByteBuffer view;
    private final CUevent[] copied = {new CUevent(), new CUevent()};
    private int half;
    private int at;

    Staging(CUstream stream) {
        this.stream = stream;
        Cuda.check(JCudaDriver.cuMemAllocHost(memory, 2L * HALF), "cuMemAllocHost of " + 2 * HALF + " bytes");
        view = memory.getByteBuffer(0, 2L * HALF).order(ByteOrder.nativeOrder());
        for (CUevent event : copied) {
            Cuda.check(JCudaDriver.cuEventCreate(event, CUevent_flags.CU_EVENT_DISABLE_TIMING), "cuEventCreate");
        }
    }

    /** Writes some of an array to where a buffer stands. */
    interface Values {
        void put(ByteBuffer to, int from, int count);
    }

    /**
     * Queues a copy to the device; the values may be reused at once.
     *
     * @param bytes of each value
     */
    void send(long address, int count, int bytes, Values values) {
        int most = HALF / bytes;
        for (int done = 0; done < count; done += most) {
            int some = Math.min(count - done, most);
            int place = reserve(some * bytes);
            values.put(view.position(place), done, some);
            copy(place, address + (long) bytes * done, (long) bytes * some);
        }
    }

    /** Room for so many bytes, at most {@link #HALF}: the place in the memory to write them to. */
    private int reserve(int bytes) {
        if (at + bytes > HALF) {
            Cuda.check(JCudaDriver.cuEventRecord(copied[half], stream), "cuEventRecord");
            half = 1 - half;
            at = 0;
            // An event that was never recorded counts as done.
            Cuda.check(JCudaDriver.cuEventSynchronize(copied[half]), "cuEventSynchronize");
        }
        int place = half * HALF + at;
        at += (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return place;
    }

    private void copy(int place, long address, long bytes) {
        Cuda.check(
                JCudaDriver.cuMemcpyHtoDAsync(new Address(address), memory.withByteOffset(place), bytes, stream),
                "cuMemcpyHtoDAsync of " + bytes + " bytes");
    }

    @Override
    public void close() {
        for (CUevent event : copied) {
            JCudaDriver.cuEventDestroy(event);
        }
        JCudaDriver.cuMemFreeHost(memory);
    }
}
