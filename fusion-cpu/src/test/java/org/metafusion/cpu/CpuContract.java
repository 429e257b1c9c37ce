package org.metafusion.cpu;

import org.junit.jupiter.api.Nested;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.DenseKernelsContract;
import org.metafusion.testkit.FusionKernelsContract;
import org.metafusion.testkit.FusionOperatorsContract;
import org.metafusion.testkit.GateKernelsContract;
import org.metafusion.testkit.LossKernelsContract;
import org.metafusion.testkit.OptimizerKernelsContract;
import org.metafusion.testkit.QueuedCallsContract;
import org.metafusion.testkit.RowUploadContract;
import org.metafusion.testkit.TensorBackendContract;

/** The contract of every backend, kept on the CPU with one kind of inner loops. */
abstract class CpuContract {

    /** The inner loops by name. */
    abstract String products();

    private TensorBackend open(int threads) {
        return new CpuBackend(new BackendConfig(threads), InnerLoops.of(products()));
    }

    @Nested
    class Backend extends TensorBackendContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Queue extends QueuedCallsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class RowUpload extends RowUploadContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Dense extends DenseKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Fusion extends FusionKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Operators extends FusionOperatorsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Gates extends GateKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Loss extends LossKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open(threads);
        }
    }
}
