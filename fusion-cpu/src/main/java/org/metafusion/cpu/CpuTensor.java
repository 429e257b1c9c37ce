package org.metafusion.cpu;

import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** Matrices inside a storage, one a member, each row-major without gaps. */
final class CpuTensor implements Tensor {

    private final CpuArena arena;
    private final Storage storage;
    private final int[] offsets;
    private final Members members;
    private final int rows;
    private final int cols;

    CpuTensor(CpuArena arena, Storage storage, int[] offsets, Members members, int rows, int cols) {
        this.arena = arena;
        this.storage = storage;
        this.offsets = offsets;
        this.members = members;
        this.rows = rows;
        this.cols = cols;
    }

    CpuArena arena() {
        return arena;
    }

    Storage storage() {
        return storage;
    }

    float[] data() {
        return storage.data;
    }

    /** Where the matrix of a student begins; the one matrix if shared. */
    int offset(int student) {
        return offsets[members.indexOf(student)];
    }

    /** Where matrix {@code index} begins. */
    int offsetOf(int index) {
        return offsets[index];
    }

    /** Floats in one matrix. */
    int area() {
        return rows * cols;
    }

    @Override
    public Members members() {
        return members;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int cols() {
        return cols;
    }

    @Override
    public String toString() {
        return shape();
    }
}
