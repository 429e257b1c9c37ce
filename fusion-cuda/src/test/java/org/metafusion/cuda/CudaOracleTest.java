package org.metafusion.cuda;

import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.OptionalBackend;

/** The reference cases of every backend, computed by the CUDA backend on a graphics card; skipped without one. */
final class CudaOracleTest extends CudaOracle {

    @Override
    TensorBackend open() {
        return OptionalBackend.open(new CudaBackendProvider(), 0);
    }
}
