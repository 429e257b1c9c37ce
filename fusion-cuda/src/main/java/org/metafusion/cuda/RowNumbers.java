package org.metafusion.cuda;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;

/**
 * The row numbers of the last gather on the device. A batch gathers the same rows of every input, targets and weights, so
 * they are uploaded once a batch. They may be overwritten while gathers before are still queued, since copies are queued
 * as well; gathers that are written down but not queued are queued first.
 */
final class RowNumbers {

    private static final int SMALLEST = 256;

    private final CudaBackend backend;
    private @Nullable CudaArena arena;
    private long address;
    private int[] held = new int[0];
    private int count = -1;

    RowNumbers(CudaBackend backend) {
        this.backend = backend;
    }

    /** The address of {@code rows[from .. from + many - 1]} on the device, until the next call. */
    long on(int[] rows, int from, int many) {
        if (count == many && Arrays.equals(held, 0, many, rows, from, from + many)) {
            return address;
        }
        backend.recorder().flush();
        if (held.length < many) {
            grow(many);
        }
        System.arraycopy(rows, from, held, 0, many);
        count = many;
        backend.device().write(address, rows, from, many);
        return address;
    }

    private void grow(int many) {
        count = -1;
        held = new int[0];
        if (arena != null) {
            arena.close();
        }
        int size = Math.max(many, SMALLEST);
        arena = backend.scratchArena("row numbers of a batch");
        address = arena.zeros(Members.SHARED, 1, size).address(0);
        held = new int[size];
    }
}
