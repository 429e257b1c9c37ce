package org.metafusion.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import jcuda.nvrtc.JNvrtc;
import jcuda.nvrtc.nvrtcProgram;

/**
 * Rebuilds {@code kernels.ptx} from the CUDA sources with NVIDIA's runtime compiler, which needs no graphics card and comes
 * from Maven Central: {@value #COMMAND}.
 *
 * <p>The PTX is for compute capability 7.0, which every newer card's driver translates. The compiler stamps its own version
 * of the PTX language, 8.8; the kernels use nothing newer than 7.0, and drivers refuse a version they do not know, so the
 * stamp is set back to {@value #LANGUAGE}, that of CUDA 12.0. The tests assemble the result for all architectures.
 */
final class PtxBuild {

    static final String COMMAND = "./mvnw -q -Pptx -pl fusion-cuda -am process-test-classes";
    static final String LANGUAGE = "8.0";
    static final String RESOURCE = "src/main/resources/org/metafusion/cuda/kernels.ptx";

    private static final String REDIST = "/org/bytedeco/cuda/linux-x86_64/";

    private PtxBuild() {}

    public static void main(String[] arguments) throws IOException {
        Path file = CudaSources.module().resolve(RESOURCE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, compile(CudaSources.main()));
    }

    /** The first line of the file: what it was built from and how. */
    static String header(CudaSources sources) {
        return "// SHA-256 of src/main/cuda: " + sources.hash() + "; rebuild with " + COMMAND + "\n";
    }

    private static String compile(CudaSources sources) throws IOException {
        loadCompiler();
        JNvrtc.setExceptionsEnabled(true);
        nvrtcProgram program = new nvrtcProgram();
        String[] names = sources.files().keySet().toArray(String[]::new);
        String[] contents = sources.files().values().toArray(String[]::new);
        JNvrtc.nvrtcCreateProgram(program, "#include \"kernels.cu\"", "all.cu", names.length, contents, names);
        String[] options = {"--gpu-architecture=compute_70", "--std=c++17"};
        try {
            JNvrtc.nvrtcCompileProgram(program, options.length, options);
        } catch (RuntimeException e) {
            String[] log = {""};
            JNvrtc.nvrtcGetProgramLog(program, log);
            throw new IllegalStateException(log[0], e);
        }
        String[] ptx = {""};
        JNvrtc.nvrtcGetPTX(program, ptx);
        JNvrtc.nvrtcDestroyProgram(program);
        String body = ptx[0].replaceFirst("(?m)^\\.version \\d+\\.\\d+$", ".version " + LANGUAGE);
        return header(sources) + body.substring(body.indexOf(".version"), body.lastIndexOf('}') + 1) + "\n";
    }

    /** Unpacks and loads the libraries, so that JCuda's binding finds them loaded. */
    private static void loadCompiler() throws IOException {
        Path folder = Files.createDirectories(CudaSources.module().resolve("target/nvrtc"));
        for (String name : new String[] {"libnvrtc-builtins.so.12.9", "libnvrtc.so.12"}) {
            Path library = folder.resolve(name);
            try (InputStream packed = PtxBuild.class.getResourceAsStream(REDIST + name)) {
                if (packed == null) {
                    throw new IllegalStateException("NVRTC is not on the class path; run " + COMMAND);
                }
                Files.write(library, packed.readAllBytes());
            }
            System.load(library.toString());
        }
    }
}
