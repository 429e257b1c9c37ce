package org.metafusion.cuda;

import java.util.function.Function;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.JCudaDriver;
import org.metafusion.core.tensor.Members;

/** The card's own copy from one place in its memory to another, as fast as memory can be read and written. */
class DeviceCopy {

    /** Of the second-level cache. */
    static long cacheBytes() {
        return CudaDriver.attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE, CudaDriver.first());
    }

    /** Copies so many bytes again and again. */
    final KernelTimes.Row on(CudaBackend backend, long bytes, Function<KernelTimes.Timed, KernelTimes.Row> measure) {
        int floats = Math.toIntExact(bytes / Float.BYTES);
        try (CudaArena arena = backend.newArena("copy")) {
            long from = arena.zeros(Members.SHARED, 1, floats).address(0);
            long to = arena.zeros(Members.SHARED, 1, floats).address(0);
            long each = (long) Float.BYTES * floats;
            await();
            return measure.apply(new KernelTimes.Timed("device-to-device copy", 2 * each, () -> copy(to, from, each)));
        }
    }

    /** Waits for everything on the card, whichever stream it is on. */
    void await() {
        Cuda.check(JCudaDriver.cuCtxSynchronize(), "cuCtxSynchronize");
    }

    /** Queues one copy, on the default stream. */
    void copy(long to, long from, long bytes) {
        Cuda.check(JCudaDriver.cuMemcpyDtoDAsync(new Address(to), new Address(from), bytes, null), "cuMemcpyDtoDAsync");
    }
}
