package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.CheckedArena;

/**
 * An arena of device memory. Tensors are cut from pieces, each larger than the one before, since the driver takes long to
 * allocate; closing the arena frees the pieces.
 */
final class CudaArena extends CheckedArena<CudaTensor> {

    private static final long SMALLEST_PIECE = 1 << 14;

    private static final int MOST_DOUBLINGS = 10;

    /** What the driver aligns to; also where vector loads and cuBLAS are fastest. */
    private static final long ALIGNMENT = 256;

    private final CudaBackend backend;
    private final Device device;
    private final List<Long> pieces = new ArrayList<>();
    private long free;
    private long end;
    private long held;

    CudaArena(CudaBackend backend, Device device, String purpose) {
        super(backend, purpose);
        this.backend = backend;
        this.device = device;
    }

    @Override
    protected CudaTensor allocate(int[] offsets, Members members, int rows, int cols) {
        long bytes = (long) Float.BYTES * offsets.length * rows * cols;
        long address = reserve(bytes);
        if (bytes > 0) {
            device.clear(address, bytes);
        }
        return new CudaTensor(this, address, offsets, members, rows, cols);
    }

    @Override
    protected CudaTensor share(CudaTensor flat, int[] offsets, Members members, int rows, int cols) {
        return new CudaTensor(this, flat.storage(), offsets, members, rows, cols);
    }

    /** Keeps an array of addresses as long as the arena. */
    long keep(long[] addresses) {
        long address = reserve((long) Long.BYTES * addresses.length);
        device.write(address, addresses);
        return address;
    }

    /** Keeps an array of ints as long as the arena. */
    long keep(int[] values) {
        long address = reserve((long) Integer.BYTES * values.length);
        device.write(address, values, 0, values.length);
        return address;
    }

    private long reserve(long bytes) {
        long rounded = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (free + rounded > end) {
            long size = Math.max(SMALLEST_PIECE << Math.min(pieces.size(), MOST_DOUBLINGS), rounded);
            free = device.allocate(size, purpose());
            end = free + size;
            held += size;
            pieces.add(free);
        }
        long address = free;
        free += rounded;
        return address;
    }

    /** Bytes of device memory taken, tables and rounding included. */
    long held() {
        return held;
    }

    @Override
    protected void release() {
        backend.forget(this);
        held = 0;
        List<Long> all = List.copyOf(pieces);
        pieces.clear();
        all.forEach(device::free);
    }
}
