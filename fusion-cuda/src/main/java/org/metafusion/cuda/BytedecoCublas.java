package org.metafusion.cuda;

import org.bytedeco.cuda.cublas.cublasContext;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** cuBLAS 13 through the Bytedeco CUDA presets, which are linked to {@code libcublas.so.13}. */
final class BytedecoCublas extends Blas {

    private final cublasContext handle = new cublasContext();
    private final FloatPointer one = new FloatPointer(1f);
    private final FloatPointer zero = new FloatPointer(0f);

    /** On a stream of the driver; the binding must have been loaded. */
    BytedecoCublas(long stream) {
        check(cublas.cublasCreate_v2(handle), "cublasCreate");
        check(cublas.cublasSetStream_v2(handle, new Stream(stream)), "cublasSetStream");
    }

    /** A stream by the driver's handle; the presets have no constructor for one. */
    private static final class Stream extends CUstream_st {
        Stream(long handle) {
            super((Pointer) null);
            address = handle;
        }
    }

    /** Floats on the device. */
    private static final class Floats extends FloatPointer {
        Floats(long where) {
            super((Pointer) null);
            address = where;
        }
    }

    /** An array of addresses on the device. */
    private static final class Addresses extends PointerPointer<FloatPointer> {
        Addresses(long where) {
            super((Pointer) null);
            address = where;
        }
    }

    @Override
    String binding() {
        return "the Bytedeco presets";
    }

    @Override
    int version() {
        int[] version = new int[1];
        check(cublas.cublasGetVersion_v2(handle, version), "cublasGetVersion");
        return version[0];
    }

    @Override
    String words(int status) {
        return cublas.cublasGetStatusString(status).getString();
    }

    private static int operation(boolean transposed) {
        return transposed ? cublas.CUBLAS_OP_T : cublas.CUBLAS_OP_N;
    }

    @Override
    int strided(Products p) {
        return cublas.cublasSgemmStridedBatched(
                handle,
                operation(p.rightTransposed),
                operation(p.leftTransposed),
                p.cols,
                p.rows,
                p.inner,
                one,
                new Floats(p.b.first()),
                p.bLength(),
                p.b.stride(),
                new Floats(p.a.first()),
                p.aLength(),
                p.a.stride(),
                p.beta == 0f ? zero : one,
                new Floats(p.c.first()),
                p.cols,
                p.c.stride(),
                p.count);
    }

    @Override
    int batched(Products p) {
        return cublas.cublasSgemmBatched(
                handle,
                operation(p.rightTransposed),
                operation(p.leftTransposed),
                p.cols,
                p.rows,
                p.inner,
                one,
                new Addresses(p.b.addresses()),
                p.bLength(),
                new Addresses(p.a.addresses()),
                p.aLength(),
                p.beta == 0f ? zero : one,
                new Addresses(p.c.addresses()),
                p.cols,
                p.count);
    }

    @Override
    public void close() {
        cublas.cublasDestroy_v2(handle);
        one.close();
        zero.close();
    }
}
