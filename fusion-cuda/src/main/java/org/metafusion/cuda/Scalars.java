package org.metafusion.cuda;

import org.metafusion.core.tensor.Members;

/**
 * Numbers that differ from step to step, in device memory: a kernel that reads them there can be recorded once and
 * repeated. A step's first number has the first place, and so on; while a step is recorded they are gathered, and uploaded
 * together before it starts.
 */
final class Scalars {

    private static final int SLOTS = 256;
    private static final int WORDS = 2;

    private final CudaBackend backend;
    private final int[] values = new int[SLOTS * WORDS];
    private long memory;
    private int next;
    private boolean gathering;

    Scalars(CudaBackend backend) {
        this.backend = backend;
    }

    /** The address of a long, low half first. */
    long put(long value) {
        return put((int) value, (int) (value >>> 32));
    }

    /** The address of two floats. */
    long put(float first, float second) {
        return put(Float.floatToRawIntBits(first), Float.floatToRawIntBits(second));
    }

    private long put(int first, int second) {
        if (memory == 0) {
            memory = backend.scratchArena("numbers of a step")
                    .zeros(Members.SHARED, 1, values.length)
                    .address(0);
        }
        if (next == SLOTS) {
            backend.recorder().flush();
            next = 0;
        }
        int at = WORDS * next++;
        values[at] = first;
        values[at + 1] = second;
        long address = memory + (long) Integer.BYTES * at;
        if (!gathering) {
            backend.device().write(address, values, at, WORDS);
        }
        return address;
    }

    /** A step is recorded from here on. */
    void gather() {
        gathering = true;
        next = 0;
    }

    /** Uploads what was gathered, before the step is started. */
    void upload() {
        if (gathering && next > 0) {
            backend.device().write(memory, values, 0, WORDS * next);
        }
        gathering = false;
    }
}
