package org.metafusion.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import jcuda.driver.CUstream;
import org.bytedeco.javacpp.Loader;
import org.metafusion.core.FusionException;

/**
 * Finds cuBLAS: version 12 through JCublas2, or version 13 through the Bytedeco presets, whichever is installed; the
 * libraries of Bytedeco's redistribution for CUDA 12 are taken if its jar is on the class path.
 */
final class BlasLoader {

    private static final System.Logger LOG = System.getLogger(BlasLoader.class.getName());
    private static final String REDISTRIBUTED = "/org/bytedeco/cuda/linux-x86_64/";

    private BlasLoader() {}

    /** A stream of the driver that can be handed to either binding. */
    static final class Stream extends CUstream {
        long handle() {
            return getNativePointer();
        }
    }

    /** @throws FusionException if there is none, saying what was tried and how to get one */
    static Blas open(Stream stream) {
        String first;
        try {
            loadRedistributed();
            return new JCublas(stream);
        } catch (LinkageError e) {
            first = firstLine(e);
            LOG.log(System.Logger.Level.DEBUG, "no cuBLAS 12: {0}", first);
        }
        try {
            return new BytedecoCublas(stream.handle());
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "no cuBLAS 13: {0}", firstLine(e));
            throw new FusionException(
                    "cuda: no cuBLAS: neither libcublas.so.12 nor libcublas.so.13 can be loaded; install the CUDA toolkit"
                            + " 12 or 13 (libcublas is enough) and see that LD_LIBRARY_PATH or ldconfig finds it, or build"
                            + " with -Pcuda-redist",
                    e);
        }
    }

    private static String firstLine(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    /** Loads what JCublas2 is linked to, if it came with a jar; cuBLAS needs cublasLt. */
    private static void loadRedistributed() {
        for (String library : new String[] {"libcublasLt.so.12", "libcublas.so.12"}) {
            URL resource = BlasLoader.class.getResource(REDISTRIBUTED + library);
            if (resource != null) {
                try {
                    File file = Loader.cacheResource(resource);
                    System.load(file.getAbsolutePath());
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot unpack " + library + " from " + resource, e);
                }
            }
        }
    }
}
