package org.metafusion.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jcuda.Pointer;
import jcuda.driver.CUstream;
import jcuda.jcublas.JCublas2;
import jcuda.jcublas.cublasHandle;
import jcuda.jcublas.cublasOperation;
import jcuda.jcublas.cublasStatus;
import jcuda.runtime.cudaStream_t;

/** cuBLAS 12 through JCublas2, which is linked to {@code libcublas.so.12}. */
final class JCublas extends Blas {

    private static final Pointer ONE = number(1f);
    private static final Pointer ZERO = number(0f);

    private final cublasHandle handle = new cublasHandle();

    /** On a stream of the driver; the binding must have been loaded. */
    JCublas(CUstream stream) {
        check(JCublas2.cublasCreate(handle), "cublasCreate");
        check(JCublas2.cublasSetStream(handle, new cudaStream_t(stream)), "cublasSetStream");
    }

    /** Outside the heap: pinning an array for a call that may wait would hold up garbage collection. */
    private static Pointer number(float value) {
        ByteBuffer memory = ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder());
        memory.putFloat(0, value);
        return Pointer.toBuffer(memory);
    }

    @Override
    String binding() {
        return "JCublas2";
    }

    @Override
    int version() {
        int[] version = new int[1];
        check(JCublas2.cublasGetVersion(handle, version), "cublasGetVersion");
        return version[0];
    }

    @Override
    String words(int status) {
        return cublasStatus.stringFor(status);
    }

    private static int operation(boolean transposed) {
        return transposed ? cublasOperation.CUBLAS_OP_T : cublasOperation.CUBLAS_OP_N;
    }

    @Override
    int strided(Products p) {
        return JCublas2.cublasSgemmStridedBatched(
                handle,
                operation(p.rightTransposed),
                operation(p.leftTransposed),
                p.cols,
                p.rows,
                p.inner,
                ONE,
                new Address(p.b.first()),
                p.bLength(),
                p.b.stride(),
                new Address(p.a.first()),
                p.aLength(),
                p.a.stride(),
                p.beta == 0f ? ZERO : ONE,
                new Address(p.c.first()),
                p.cols,
                p.c.stride(),
                p.count);
    }

    @Override
    int batched(Products p) {
        return JCublas2.cublasSgemmBatched(
                handle,
                operation(p.rightTransposed),
                operation(p.leftTransposed),
                p.cols,
                p.rows,
                p.inner,
                ONE,
                new Address(p.b.addresses()),
                p.bLength(),
                new Address(p.a.addresses()),
                p.aLength(),
                p.beta == 0f ? ZERO : ONE,
                new Address(p.c.addresses()),
                p.cols,
                p.count);
    }

    @Override
    public void close() {
        JCublas2.cublasDestroy(handle);
    }
}
