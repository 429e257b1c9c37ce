package org.metafusion.cuda;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import jcuda.driver.CUstream;
import jcuda.jcublas.JCublas2;
import org.bytedeco.cuda.global.cublas;
import org.bytedeco.javacpp.Loader;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.FusionException;

/**
 * Finds cuBLAS: version 12 through JCublas2, or version 13 through the Bytedeco presets, whichever is installed; the
 * libraries of Bytedeco's redistribution for CUDA 12 are taken if its jar is on the class path.
 */
final class BlasLoader {

    private static final System.Logger LOG = System.getLogger(BlasLoader.class.getName());
    private static final String REDISTRIBUTED = "/org/bytedeco/cuda/linux-x86_64/";

    private static @Nullable Version found;

    private BlasLoader() {}

    /** A stream of the driver that can be handed to either binding. */
    static final class Stream extends CUstream {
        long handle() {
            return getNativePointer();
        }
    }

    /** The versions of cuBLAS for which there is a binding. */
    enum Version {
        TWELVE,
        THIRTEEN
    }

    /** Loads a binding, once a process. @throws FusionException if none can be, saying how to get cuBLAS */
    static synchronized Version find() {
        Version known = found;
        if (known == null) {
            known = load();
            found = known;
        }
        return known;
    }

    private static Version load() {
        try {
            loadRedistributed();
            Natives.load(() -> JCublas2.setExceptionsEnabled(false));
            return Version.TWELVE;
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "no cuBLAS 12: {0}", firstLine(e));
        }
        try {
            Loader.load(cublas.class);
            return Version.THIRTEEN;
        } catch (LinkageError e) {
            LOG.log(System.Logger.Level.DEBUG, "no cuBLAS 13: {0}", firstLine(e));
            throw new FusionException(
                    "no cuBLAS, neither libcublas.so.12 nor libcublas.so.13 can be loaded; install the CUDA toolkit 12 or 13"
                            + " (its libcublas is enough) so that ldconfig or LD_LIBRARY_PATH finds it, or build with"
                            + " -Pcuda-redist",
                    e);
        }
    }

    /** @throws FusionException as {@link #find} */
    static Blas open(Stream stream) {
        return switch (find()) {
            case TWELVE -> new JCublas(stream);
            case THIRTEEN -> new BytedecoCublas(stream.handle());
        };
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
