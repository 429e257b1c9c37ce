package org.metafusion.cuda;

import org.junit.jupiter.api.Nested;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.DenseKernelsContract;
import org.metafusion.testkit.FusionKernelsContract;
import org.metafusion.testkit.LossKernelsContract;
import org.metafusion.testkit.OptimizerKernelsContract;
import org.metafusion.testkit.QueuedCallsContract;
import org.metafusion.testkit.TensorBackendContract;

/** The contract of every backend, kept by the CUDA backend with its real kernels run on the CPU. */
final class CudaContractOnCpuTest {

    @Nested
    class Backend extends TensorBackendContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Queue extends QueuedCallsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Dense extends DenseKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Fusion extends FusionKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Loss extends LossKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice());
        }
    }
}
