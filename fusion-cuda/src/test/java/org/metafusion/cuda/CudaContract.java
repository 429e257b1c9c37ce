package org.metafusion.cuda;

import org.junit.jupiter.api.Nested;
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

/** The contract of every backend, kept by the CUDA backend on some device. */
abstract class CudaContract {

    abstract TensorBackend open();

    @Nested
    class Backend extends TensorBackendContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Queue extends QueuedCallsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class RowUpload extends RowUploadContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Dense extends DenseKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Fusion extends FusionKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Operators extends FusionOperatorsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Gates extends GateKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Loss extends LossKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }

    @Nested
    class Optimizer extends OptimizerKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return open();
        }
    }
}
