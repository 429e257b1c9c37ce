package org.metafusion.cuda;

import org.junit.jupiter.api.Nested;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.FusionKernelsOracleContract;
import org.metafusion.testkit.LossKernelsOracleContract;
import org.metafusion.testkit.OptimizerKernelsOracleContract;

/** The reference cases of every backend, computed by the CUDA backend with its real kernels run on the CPU. */
final class CudaOracleOnCpuTest {

    @Nested
    class Fusion extends FusionKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Loss extends LossKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }
}
