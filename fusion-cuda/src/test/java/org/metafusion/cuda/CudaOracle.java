package org.metafusion.cuda;

import org.junit.jupiter.api.Nested;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.FusionKernelsOracleContract;
import org.metafusion.testkit.FusionOperatorsOracleContract;
import org.metafusion.testkit.LossKernelsOracleContract;
import org.metafusion.testkit.OptimizerKernelsOracleContract;

/** The reference cases of every backend, computed by the CUDA backend on some device. */
abstract class CudaOracle {

    abstract TensorBackend open();

    @Nested
    class Fusion extends FusionKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Operators extends FusionOperatorsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Loss extends LossKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }
}
