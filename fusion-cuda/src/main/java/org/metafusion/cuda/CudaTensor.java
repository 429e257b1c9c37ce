package org.metafusion.cuda;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.checked.ArenaTensor;

/** Matrices in device memory. */
final class CudaTensor extends ArenaTensor {

    private final CudaArena owner;
    private final long storage;
    private final List<Table> tables = new ArrayList<>(1);

    CudaTensor(CudaArena owner, long storage, int[] offsets, Members members, int rows, int cols) {
        super(owner, offsets, members, rows, cols);
        this.owner = owner;
        this.storage = storage;
    }

    /** Where the memory begins that it lies in. */
    long storage() {
        return storage;
    }

    /** The address of a matrix by its place in the stack. */
    long address(int index) {
        return storage + (long) Float.BYTES * offsetOf(index);
    }

    /** Whether the matrices follow each other without gaps, in order. */
    boolean isContiguous() {
        for (int i = 1; i < members().count(); i++) {
            if (offsetOf(i) != offsetOf(i - 1) + area()) {
                return false;
            }
        }
        return true;
    }

    /** The matrices that these students use. Made when first asked for, and kept, so that a step uploads none. */
    Table table(Members students) {
        for (int i = 0; i < tables.size(); i++) {
            Table known = tables.get(i);
            if (known.students() == students || known.students().equals(students)) {
                return known;
            }
        }
        long[] matrices = new long[students.count()];
        for (int i = 0; i < matrices.length; i++) {
            matrices[i] = address(students.isShared() ? 0 : members().indexOf(students.student(i)));
        }
        Table table = Table.of(students, owner.keep(matrices), matrices);
        tables.add(table);
        return table;
    }
}
