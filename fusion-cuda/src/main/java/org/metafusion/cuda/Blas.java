package org.metafusion.cuda;

import org.metafusion.core.FusionException;

/** cuBLAS through one of its bindings. Not thread-safe; used with the device's context current. */
abstract class Blas implements AutoCloseable {

    /** Version and binding, for people. */
    final String describe() {
        int version = version();
        return "cuBLAS " + version / 10_000 + "." + version / 100 % 100 + " through " + binding();
    }

    /** The binding's name. */
    abstract String binding();

    /** As cuBLAS counts it: 120403 is 12.4.3. */
    abstract int version();

    /**
     * Starts a product; see {@link Products} for how row-major operands are given.
     *
     * @throws FusionException with the product's sizes, if cuBLAS refuses it
     */
    final void multiply(Products products) {
        check(products.isStrided() ? strided(products) : batched(products), "product " + products);
    }

    /** Starts a product of matrices at constant distances; gives cuBLAS's status. */
    abstract int strided(Products products);

    /** Starts a product of matrices by arrays of addresses; gives cuBLAS's status. */
    abstract int batched(Products products);

    /** Requires that a call succeeded. */
    final void check(int status, String call) {
        if (status != 0) {
            throw new FusionException("cuda: " + call + " failed with " + words(status)
                    + "; if the card's memory is in use (see nvidia-smi), free some or take the cpu backend");
        }
    }

    /** What a status that is not 0 means. */
    abstract String words(int status);

    @Override
    public abstract void close();
}
