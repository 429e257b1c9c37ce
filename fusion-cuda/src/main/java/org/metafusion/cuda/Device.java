package org.metafusion.cuda;

/**
 * What the backend needs of a graphics card, so that everything else can be tested without one. All work is queued in
 * order on one stream; only {@link #read} and {@link #synchronize} wait. Addresses are of device memory.
 *
 * <p>Failures are {@link org.metafusion.core.FusionException}s that name the call, its arguments and the device's error.
 */
interface Device extends AutoCloseable {

    /** The card, for people. */
    String name();

    /** How it computes, for people: driver, compute capability, product library. */
    String detail();

    /** How many blocks of {@value Launcher#BLOCK} threads keep all multiprocessors busy. */
    int busyBlocks();

    /** @throws org.metafusion.core.FusionException if there is not so much free, saying how much is and what to change */
    long allocate(long bytes, String purpose);

    void free(long address);

    /** Bytes that could be allocated. */
    long freeBytes();

    /** Sets bytes to 0 in memory that nothing queued is using. */
    void clear(long address, long bytes);

    /** Copies floats to the device; the array may be reused at once. */
    void write(long address, float[] values, int from, int count);

    /**
     * Copies ints to memory that nothing queued is using, ahead of a step that is being recorded; the array may be reused
     * at once.
     */
    void write(long address, int[] values, int from, int count);

    /** Copies addresses as the ints above; the array may be reused at once. */
    void write(long address, long[] values);

    /** Waits for queued work, and copies floats from the device. */
    void read(long address, float[] values, int from, int count);

    /**
     * Starts a kernel with blocks of {@value Launcher#BLOCK} threads.
     *
     * @param arguments 8 raw bytes each: an address, a long, or the bits of an int or float
     * @param count how many of them
     */
    void launch(Kernel kernel, Grid grid, long[] arguments, int count);

    /** Starts a matrix product a student. */
    void multiply(Products products);

    void synchronize();

    /**
     * Records launches and products into a graph instead of starting them.
     *
     * @return a handle for {@link #replay} and {@link #forget}
     */
    long record(Runnable calls);

    /** Starts what was recorded, in its order. */
    void replay(long graph);

    /** Frees a graph. */
    void forget(long graph);

    @Override
    void close();

    /**
     * The geometry of a launch.
     *
     * @param x blocks over elements or rows
     * @param y blocks over students
     * @param sharedBytes dynamic shared memory a block
     */
    record Grid(int x, int y, int sharedBytes) {}
}
