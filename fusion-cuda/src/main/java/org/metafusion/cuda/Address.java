package org.metafusion.cuda;

import jcuda.driver.CUdeviceptr;

/** A device address as JCuda takes it; JCuda adds a pointer's offset to its base, and the base of these is 0. */
final class Address extends CUdeviceptr {

    private static final CUdeviceptr ZERO = new CUdeviceptr();

    Address(long value) {
        super(ZERO, value);
    }

    /** The address; after an allocation into it, the allocated one. */
    long value() {
        return getNativePointer() + getByteOffset();
    }
}
