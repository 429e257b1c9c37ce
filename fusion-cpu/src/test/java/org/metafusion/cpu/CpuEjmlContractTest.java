package org.metafusion.cpu;

import org.junit.jupiter.api.Nested;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.DenseKernelsContract;
import org.metafusion.testkit.FusionKernelsContract;
import org.metafusion.testkit.FusionKernelsOracleContract;
import org.metafusion.testkit.LossKernelsContract;
import org.metafusion.testkit.LossKernelsOracleContract;
import org.metafusion.testkit.OptimizerKernelsContract;
import org.metafusion.testkit.OptimizerKernelsOracleContract;
import org.metafusion.testkit.QueuedCallsContract;
import org.metafusion.testkit.TensorBackendContract;

/** The contract of every backend, kept on EJML's products. */
class CpuEjmlContractTest {

    private static TensorBackend open(int threads) {
        return new CpuBackend(new BackendConfig(threads), InnerLoops.of("ejml"));
    }

    @Nested
    class Backend extends TensorBackendContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Queue extends QueuedCallsContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Dense extends DenseKernelsContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Fusion extends FusionKernelsContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Loss extends LossKernelsContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class FusionOracle extends FusionKernelsOracleContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class LossOracle extends LossKernelsOracleContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class OptimizerOracle extends OptimizerKernelsOracleContract {
        @Override
        protected TensorBackend openBackend() {
            return openBackend(2);
        }

        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }
}
