package org.metafusion.cuda;

import org.metafusion.core.tensor.checked.Operands;

/** Gathers the arguments of one launch after the other, and chooses its grid. Allocates nothing but the grid. */
final class Launcher {

    /** Threads of a block, as in {@code kernels.cuh}. */
    static final int BLOCK = 256;

    private static final int MOST_ARGUMENTS = 24;
    private static final int MOST_Y = 65_535;

    private final Device device;
    private final long[] arguments = new long[MOST_ARGUMENTS];
    private int count;

    Launcher(Device device) {
        this.device = device;
    }

    Device device() {
        return device;
    }

    /** Starts anew, with the pointer tables of some operands and the number of students. */
    Launcher tables(CudaCall call, int... operands) {
        count = 0;
        for (int operand : operands) {
            pointer(call.table(operand).address());
        }
        return integer(call.students().count());
    }

    /** Starts anew. */
    Launcher none() {
        count = 0;
        return this;
    }

    Launcher pointer(long address) {
        arguments[count++] = address;
        return this;
    }

    /** A long. */
    Launcher wide(long value) {
        return pointer(value);
    }

    Launcher integer(int value) {
        return pointer(Integer.toUnsignedLong(value));
    }

    Launcher real(float value) {
        return integer(Float.floatToRawIntBits(value));
    }

    /** Launches over so many threads, and over the students of {@code call}. */
    void run(Kernel kernel, Operands<?> call, long threads) {
        run(kernel, call.students().count(), threads);
    }

    /** Launches over {@code threads} by {@code students}; nothing if there are no threads. */
    void run(Kernel kernel, int students, long threads) {
        runBlocks(kernel, students, (threads + BLOCK - 1) / BLOCK);
    }

    /**
     * Launches at most so many blocks a student, fewer where they would outnumber what the device runs at once several
     * times: kernels stride over what is left.
     */
    void runBlocks(Kernel kernel, int students, long blocks) {
        if (blocks > 0 && students > 0) {
            int y = Math.min(students, MOST_Y);
            long most = Math.max(1, 4L * device.busyBlocks() / y);
            device.launch(kernel, new Device.Grid((int) Math.min(blocks, most), y, 0), arguments, count);
        }
    }

    /** Launches exactly so many blocks in one row. */
    void runRow(Kernel kernel, int blocks, int sharedBytes) {
        device.launch(kernel, new Device.Grid(blocks, 1, sharedBytes), arguments, count);
    }
}
