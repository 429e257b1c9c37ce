package org.metafusion.cuda;

import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.OptionalBackend;

/** The contract of every backend, kept by the CUDA backend on a graphics card; skipped without one. */
final class CudaContractTest extends CudaContract {

    @Override
    TensorBackend open() {
        return OptionalBackend.open(new CudaBackendProvider(), 0);
    }
}
