package org.metafusion.cuda;

import org.metafusion.core.tensor.TensorBackend;

/** The reference cases of every backend, computed by the CUDA backend with its real kernels run on the CPU. */
final class CudaOracleOnCpuTest extends CudaOracle {

    @Override
    TensorBackend open() {
        return new CudaBackend(new CpuDevice());
    }
}
