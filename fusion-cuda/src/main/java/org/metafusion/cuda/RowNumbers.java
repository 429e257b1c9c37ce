package org.metafusion.cuda;

import java.util.Arrays;
import org.metafusion.core.tensor.Members;

/**
 * The row numbers of the last few gathers on the device. A batch gathers the same rows of every input, targets and
 * weights, so they are uploaded once a batch.
 */
final class RowNumbers {

    private static final int SLOTS = 16;

    private final CudaBackend backend;
    private final Slot[] slots = new Slot[SLOTS];
    private int last;

    private static final class Slot {
        private final CudaArena arena;
        private final CudaTensor memory;
        private final int[] rows;
        private int count;

        Slot(CudaArena arena, int size) {
            this.arena = arena;
            this.memory = arena.zeros(Members.SHARED, 1, size);
            this.rows = new int[size];
        }

        boolean holds(int[] others, int from, int many) {
            return count == many && Arrays.equals(rows, 0, many, others, from, from + many);
        }
    }

    RowNumbers(CudaBackend backend) {
        this.backend = backend;
    }

    /** The address of {@code rows[from .. from + count - 1]} on the device, good until the next {@value #SLOTS} batches. */
    long on(int[] rows, int from, int count) {
        Slot current = slots[last];
        if (current != null && current.holds(rows, from, count)) {
            return current.memory.address(0);
        }
        last = (last + 1) % SLOTS;
        Slot next = slots[last];
        if (next == null || next.rows.length < count) {
            if (next != null) {
                next.arena.close();
            }
            next = new Slot(backend.scratchArena("row numbers of a batch"), Math.max(count, 256));
            slots[last] = next;
        }
        System.arraycopy(rows, from, next.rows, 0, count);
        next.count = count;
        backend.device().write(next.memory.address(0), rows, from, count);
        return next.memory.address(0);
    }
}
