package org.metafusion.cuda;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import jcuda.runtime.JCuda;
import jcuda.runtime.cudaError;
import org.metafusion.core.tensor.Availability;

/** The NVIDIA driver and its first card, if there are any. Nothing here throws, whatever is missing. */
final class CudaDriver {

    /** The driver's version that takes our PTX, as CUDA counts them. */
    private static final int OLDEST_DRIVER = 12_000;

    private static final int OLDEST_CAPABILITY = 70;

    private CudaDriver() {}

    /** What a driver leaves in the file system: on Linux itself, and in Linux on Windows. Looking costs nothing. */
    private static final List<Path> SIGNS =
            List.of(Path.of("/dev/nvidiactl"), Path.of("/proc/driver/nvidia"), Path.of("/dev/dxg"));

    /** Whether there is a driver and a card that run the kernels, and cuBLAS; opens no device. */
    static Availability probe() {
        if (SIGNS.stream().noneMatch(Files::exists)) {
            return missing("no NVIDIA driver (" + SIGNS.get(0) + " is not there); install driver 525 or newer");
        }
        return ask();
    }

    /** The same by asking the driver, whether or not there are signs of one. */
    static Availability ask() {
        String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!system.equals("Linux amd64")) {
            return missing("the CUDA backend is built for Linux on x86-64, not for " + system);
        }
        try {
            return asked();
        } catch (LinkageError e) {
            return missing("JCuda's native libraries cannot be loaded, "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
                    + "; see that jcuda-natives for linux-x86_64 is on the class path");
        } catch (RuntimeException e) {
            return missing(String.valueOf(e.getMessage()));
        }
    }

    private static Availability missing(String reason) {
        return new Availability(false, reason);
    }

    /**
     * The runtime library is asked first, since it is linked statically and loads without a driver; the driver's binding
     * is not even loaded then.
     */
    private static Availability asked() {
        Natives.load(() -> JCuda.setExceptionsEnabled(false));
        int[] count = new int[1];
        int result = JCuda.cudaGetDeviceCount(count);
        if (result == cudaError.cudaErrorInsufficientDriver) {
            return missing("no NVIDIA driver, or one too old for CUDA 12; install driver 525 or newer");
        }
        if (result == cudaError.cudaErrorNoDevice || (result == cudaError.cudaSuccess && count[0] == 0)) {
            return missing("the NVIDIA driver sees no card; see nvidia-smi, and CUDA_VISIBLE_DEVICES in containers");
        }
        if (result != cudaError.cudaSuccess) {
            return missing("the NVIDIA driver answers " + cudaError.stringFor(result) + "; see nvidia-smi");
        }
        Natives.load(() -> JCudaDriver.setExceptionsEnabled(false));
        int started = JCudaDriver.cuInit(0);
        if (started != CUresult.CUDA_SUCCESS) {
            return missing("the NVIDIA driver cannot be started, " + CUresult.stringFor(started) + "; see nvidia-smi");
        }
        if (version() < OLDEST_DRIVER) {
            return missing("the NVIDIA driver is for CUDA " + versionText() + "; install one for CUDA 12.0 or newer");
        }
        CUdevice device = first();
        if (capability(device) < OLDEST_CAPABILITY) {
            return missing(name(device) + " has compute capability " + capabilityText(device)
                    + "; the kernels need 7.0 (Volta) or newer");
        }
        boolean isTooOldForThirteen = version() < 13_000 || capability(device) < 75;
        if (BlasLoader.find() == BlasLoader.Version.THIRTEEN && isTooOldForThirteen) {
            return missing(
                    "there is cuBLAS 13 alone, which needs a driver for CUDA 13 (580 or newer) and compute capability"
                            + " 7.5, but there is " + describe(device) + "; install cuBLAS 12");
        }
        return new Availability(true, describe(device));
    }

    /** The first card; the driver must have been probed. */
    static CUdevice first() {
        CUdevice device = new CUdevice();
        Cuda.check(JCudaDriver.cuDeviceGet(device, 0), "cuDeviceGet");
        return device;
    }

    static String name(CUdevice device) {
        byte[] text = new byte[256];
        Cuda.check(JCudaDriver.cuDeviceGetName(text, text.length, device), "cuDeviceGetName");
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.US_ASCII);
    }

    static int attribute(int attribute, CUdevice device) {
        int[] value = new int[1];
        Cuda.check(JCudaDriver.cuDeviceGetAttribute(value, attribute, device), "cuDeviceGetAttribute " + attribute);
        return value[0];
    }

    /** Ten times major plus minor. */
    private static int capability(CUdevice device) {
        return 10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device)
                + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device);
    }

    private static String capabilityText(CUdevice device) {
        return capability(device) / 10 + "." + capability(device) % 10;
    }

    private static int version() {
        int[] version = new int[1];
        Cuda.check(JCudaDriver.cuDriverGetVersion(version), "cuDriverGetVersion");
        return version[0];
    }

    private static String versionText() {
        return version() / 1000 + "." + version() % 1000 / 10;
    }

    /** The card in words. */
    static String describe(CUdevice device) {
        return String.format(
                Locale.ROOT,
                "%s, compute capability %s, driver for CUDA %s",
                name(device),
                capabilityText(device),
                versionText());
    }
}
