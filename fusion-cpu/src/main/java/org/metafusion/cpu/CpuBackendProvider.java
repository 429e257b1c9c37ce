package org.metafusion.cpu;

import org.metafusion.core.tensor.Availability;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.BackendProvider;
import org.metafusion.core.tensor.TensorBackend;

/** The backend that is there everywhere: {@code cpu}. */
public final class CpuBackendProvider implements BackendProvider {

    @Override
    public String name() {
        return CpuBackend.NAME;
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Availability probe() {
        return new Availability(true, Runtime.getRuntime().availableProcessors() + " processors");
    }

    @Override
    public TensorBackend open(BackendConfig config) {
        return new CpuBackend(config);
    }
}
