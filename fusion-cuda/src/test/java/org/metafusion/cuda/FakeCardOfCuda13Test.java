package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.DenseKernelsContract;

/** Products by the other binding, the Bytedeco presets, which is taken where there is cuBLAS 13 and not 12. */
final class FakeCardOfCuda13Test {

    @Test
    void tellsWhichBindingItTook() {
        try (JCudaDevice device = FakeCard.open(13)) {
            assertThat(device.detail()).endsWith("cuBLAS 12.4 through the Bytedeco presets");
        }
    }

    @Test
    void aRefusedProductNamesItsSizes() {
        try (JCudaDevice device = FakeCard.open(13)) {
            Products none = new Products();
            none.count = 1;

            assertThatThrownBy(() -> device.multiply(none.leftTransposed().sizes(3, 0, 5)))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("cuda: product 1 x [3, 0]' x [0, 5] failed with a status of the fake cuBLAS; if the"
                            + " card's memory is in use (see nvidia-smi), free some or take the cpu backend");
        }
    }

    @Nested
    class Dense extends DenseKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(FakeCard.open(13));
        }
    }
}
