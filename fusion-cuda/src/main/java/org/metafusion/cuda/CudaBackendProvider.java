package org.metafusion.cuda;

import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The backend for NVIDIA cards of compute capability 7.0 and newer: {@code cuda}. It needs the NVIDIA driver and cuBLAS 12
 * or 13; the card is the driver's first, which {@code CUDA_VISIBLE_DEVICES} chooses.
 */
public final class CudaBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return CudaBackend.NAME;
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Availability probe() {
        return CudaDriver.probe();
    }

    /** @throws FusionException if there is no card that can be used, saying what is missing and how to mend it */
    @Override
    public TensorBackend open(BackendConfig config) {
        Availability driver = CudaDriver.probe();
        if (!driver.usable()) {
            throw new FusionException("cuda: " + driver.reason());
        }
        return new CudaBackend(new JCudaDevice());
    }
}
