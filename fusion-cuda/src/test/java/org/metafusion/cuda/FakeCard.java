package org.metafusion.cuda;

import java.nio.file.Path;
import java.util.List;
import jcuda.driver.JCudaDriver;

/**
 * A card that is not there: a driver and a cuBLAS of our own, loaded before JCuda asks for NVIDIA's, so that JCuda and all
 * that is built on it run as they would on a card. It can be loaded once a process, for good.
 */
final class FakeCard {

    private static boolean loaded;

    private FakeCard() {}

    /** A device on it. */
    static synchronized JCudaDevice open() {
        if (!loaded) {
            load();
            loaded = true;
        }
        return new JCudaDevice();
    }

    private static void load() {
        Compiler compiler = Compiler.require();
        CudaSources sources = CudaSources.main();
        Path folder = CudaSources.testFolder();
        Path driver = compiler.build(
                "libcuda.so.1",
                List.of(
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "-fvisibility=hidden",
                        "-fno-gnu-unique",
                        "-Wl,-soname,libcuda.so.1",
                        "-I" + sources.unpacked()),
                folder.resolve("fake_driver.cpp"),
                sources.hash());
        Path cublas = compiler.build(
                "libcublas.so.12",
                List.of(
                        "-O1",
                        "-shared",
                        "-fPIC",
                        "-fvisibility=hidden",
                        "-Wl,-soname,libcublas.so.12",
                        "-Wl,--version-script=" + folder.resolve("fake_cublas.map")),
                folder.resolve("fake_cublas.cpp"),
                "");
        System.load(driver.toString());
        System.load(cublas.toString());
        Natives.load(() -> JCudaDriver.setExceptionsEnabled(false));
        Cuda.check(JCudaDriver.cuInit(0), "cuInit");
    }
}
