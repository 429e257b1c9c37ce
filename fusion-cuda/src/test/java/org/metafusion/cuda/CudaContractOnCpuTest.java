package org.metafusion.cuda;

import org.metafusion.core.tensor.TensorBackend;

/** The contract of every backend, kept by the CUDA backend with its real kernels run on the CPU. */
final class CudaContractOnCpuTest extends CudaContract {

    @Override
    TensorBackend open() {
        return new CudaBackend(new CpuDevice());
    }
}
