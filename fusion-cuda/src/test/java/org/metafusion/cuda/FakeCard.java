package org.metafusion.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jcuda.driver.JCudaDriver;

/**
 * A card that is not there: a driver and a cuBLAS of our own, loaded before JCuda asks for NVIDIA's, so that JCuda and all
 * that is built on it run as they would on a card. It can be loaded once a process, for good.
 */
final class FakeCard {

    private static int loaded;

    private FakeCard() {}

    /** A device on it. @param toolkit the version of CUDA whose cuBLAS there is, 12 or 13 */
    static synchronized JCudaDevice open(int toolkit) {
        if (loaded == 0) {
            load(toolkit);
            loaded = toolkit;
        }
        if (loaded != toolkit) {
            throw new IllegalStateException("CUDA " + loaded + " is loaded in this process already");
        }
        return new JCudaDevice();
    }

    private static void load(int toolkit) {
        CudaSources sources = CudaSources.main();
        load("libcuda.so.1", "fake_driver.cpp", List.of("-fno-gnu-unique", "-I" + sources.unpacked()), sources.hash());
        if (toolkit == 13) {
            load("libcudart.so.13", "fake_nothing.cpp", List.of(), "");
            load("libcublasLt.so.13", "fake_nothing.cpp", List.of(), "");
        }
        load("libcublas.so." + toolkit, "fake_cublas.cpp", List.of(), "");
        Natives.load(() -> JCudaDriver.setExceptionsEnabled(false));
        Cuda.check(JCudaDriver.cuInit(0), "cuInit");
    }

    /** Builds and loads a library under the name, and with the version of symbols, that others are linked to. */
    private static void load(String name, String source, List<String> flags, String input) {
        try {
            Path folder = Files.createDirectories(CudaSources.module().resolve("target/fake-card"));
            Path versions = Files.writeString(folder.resolve(name + ".map"), name + " { global: *; };");
            List<String> all = new java.util.ArrayList<>(
                    List.of("-O1", "-shared", "-fPIC", "-fvisibility=hidden", "-Wl,-soname," + name));
            if (!name.startsWith("libcuda.")) {
                all.add("-Wl,--version-script=" + versions);
            }
            all.addAll(flags);
            Path library =
                    Compiler.require().build(name, all, CudaSources.testFolder().resolve(source), input);
            System.load(library.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
