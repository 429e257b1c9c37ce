package org.metafusion.cpu;

import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.CheckedArena;

/** An arena of heap arrays: closing it forbids the use of its tensors, the collector frees them. */
final class CpuArena extends CheckedArena<CpuTensor> {

    private final CpuBackend backend;

    CpuArena(CpuBackend backend, String purpose) {
        super(backend, purpose);
        this.backend = backend;
    }

    @Override
    protected CpuTensor allocate(int[] offsets, Members members, int rows, int cols) {
        return new CpuTensor(this, new Storage(offsets.length * rows * cols), offsets, members, rows, cols);
    }

    @Override
    protected CpuTensor share(CpuTensor flat, int[] offsets, Members members, int rows, int cols) {
        flat.storage().claims().claim(members, offsets, rows * cols);
        return new CpuTensor(this, flat.storage(), offsets, members, rows, cols);
    }

    @Override
    protected void release() {
        backend.beforeClose();
    }
}
