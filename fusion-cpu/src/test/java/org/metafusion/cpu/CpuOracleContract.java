package org.metafusion.cpu;

import org.junit.jupiter.api.Nested;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.FusionKernelsOracleContract;
import org.metafusion.testkit.FusionOperatorsOracleContract;
import org.metafusion.testkit.LossKernelsOracleContract;
import org.metafusion.testkit.OptimizerKernelsOracleContract;

/** The reference cases of every backend, on the CPU with one kind of inner loops. */
abstract class CpuOracleContract {

    /** The inner loops by name. */
    abstract String products();

    private TensorBackend open(int threads) {
        return new CpuBackend(new BackendConfig(threads), InnerLoops.of(products()));
    }

    @Nested
    class Fusion extends FusionKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Operators extends FusionOperatorsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Loss extends LossKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsOracleContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }
}
