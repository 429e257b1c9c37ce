package org.metafusion.cpu;

import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.ArenaTensor;

/** Matrices in a heap array. */
final class CpuTensor extends ArenaTensor {

    private final Storage storage;

    CpuTensor(CpuArena arena, Storage storage, int[] offsets, Members members, int rows, int cols) {
        super(arena, offsets, members, rows, cols);
        this.storage = storage;
    }

    Storage storage() {
        return storage;
    }

    float[] data() {
        return storage.data;
    }
}
