package org.metafusion.cuda;

import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.metafusion.core.FusionException;

/** Results of the driver's calls. */
final class Cuda {

    private Cuda() {}

    /**
     * Requires success.
     *
     * @param call what was called, with its arguments, for the message
     */
    static void check(int result, String call) {
        if (result != CUresult.CUDA_SUCCESS) {
            throw failure(result, call);
        }
    }

    static FusionException failure(int result, String call) {
        String mend = switch (result) {
            case CUresult.CUDA_ERROR_OUT_OF_MEMORY -> "; its memory is in use: see nvidia-smi, or take the cpu backend";
            case CUresult.CUDA_ERROR_DEVICE_UNAVAILABLE -> "; another process holds the card: see nvidia-smi";
            case CUresult.CUDA_ERROR_ILLEGAL_ADDRESS,
                    CUresult.CUDA_ERROR_MISALIGNED_ADDRESS,
                    CUresult.CUDA_ERROR_LAUNCH_FAILED,
                    CUresult.CUDA_ERROR_LAUNCH_TIMEOUT,
                    CUresult.CUDA_ERROR_HARDWARE_STACK_ERROR,
                    CUresult.CUDA_ERROR_INVALID_ADDRESS_SPACE,
                    CUresult.CUDA_ERROR_INVALID_PC,
                    CUresult.CUDA_ERROR_ECC_UNCORRECTABLE,
                    CUresult.CUDA_ERROR_ILLEGAL_INSTRUCTION ->
                " by this or an earlier launch; the device"
                        + " cannot be used any more in this process: start again, and please report it";
            default -> "";
        };
        return new FusionException("cuda: " + call + " failed with " + CUresult.stringFor(result) + " (" + result + ")"
                + description(result) + mend);
    }

    private static String description(int result) {
        String[] text = new String[1];
        int found = JCudaDriver.cuGetErrorString(result, text);
        return found == CUresult.CUDA_SUCCESS && text[0] != null ? ", " + text[0] : "";
    }

    /** Bytes for people. */
    static String bytes(long count) {
        return count < 10_000_000
                ? String.format(java.util.Locale.ROOT, "%.2f MB", count / 1e6)
                : String.format(java.util.Locale.ROOT, "%.1f GB", count / 1e9);
    }
}
