package org.metafusion.cuda;

import org.metafusion.core.tensor.Members;

/**
 * Where the matrices of some students lie, as kernels take it: an array of addresses in device memory.
 *
 * @param students whose
 * @param address of the array
 * @param matrices its entries
 * @param stride bytes from one matrix to the next, 0 if all are one; -1 if the distances differ
 */
record Table(Members students, long address, long[] matrices, long stride) {

    static final long IRREGULAR = -1;

    static Table of(Members students, long address, long[] matrices) {
        long stride = matrices.length > 1 ? matrices[1] - matrices[0] : 0;
        for (int i = 2; i < matrices.length; i++) {
            if (matrices[i] - matrices[i - 1] != stride) {
                stride = IRREGULAR;
            }
        }
        return new Table(students, address, matrices, stride < 0 ? IRREGULAR : stride);
    }

    /** The address of the array from entry {@code i} on. */
    long addressFrom(int i) {
        return address + (long) Long.BYTES * i;
    }
}
