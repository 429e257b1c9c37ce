package org.metafusion.core.tensor.checked;

import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** Matrices inside a storage of an arena, one a member, each row-major without gaps. */
public abstract class ArenaTensor implements Tensor {

    private final CheckedArena<?> arena;
    private final int[] offsets;
    private final Members members;
    private final int rows;
    private final int cols;

    /** @param offsets where each matrix begins in the storage, in elements */
    protected ArenaTensor(CheckedArena<?> arena, int[] offsets, Members members, int rows, int cols) {
        this.arena = arena;
        this.offsets = offsets;
        this.members = members;
        this.rows = rows;
        this.cols = cols;
    }

    final CheckedArena<?> arena() {
        return arena;
    }

    /** Where the matrix of a student begins; the one matrix if shared. */
    public final int offset(int student) {
        return offsets[members.indexOf(student)];
    }

    /** Where matrix {@code index} begins. */
    public final int offsetOf(int index) {
        return offsets[index];
    }

    /** Floats in one matrix. */
    public final int area() {
        return rows * cols;
    }

    @Override
    public final Members members() {
        return members;
    }

    @Override
    public final int rows() {
        return rows;
    }

    @Override
    public final int cols() {
        return cols;
    }

    @Override
    public final String toString() {
        return shape();
    }
}
