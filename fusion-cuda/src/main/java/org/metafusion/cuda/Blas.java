package org.metafusion.cuda;

/** cuBLAS through one of its bindings. Not thread-safe; used with the device's context current. */
interface Blas extends AutoCloseable {

    /** Version and binding, for people. */
    String describe();

    /** Starts a product; see {@link Products} for how row-major operands are given. */
    void multiply(Products products);

    @Override
    void close();
}
