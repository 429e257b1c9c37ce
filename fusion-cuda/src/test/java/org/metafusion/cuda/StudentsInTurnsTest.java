package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.testkit.FusionKernelsContract;

/** Tensor fusion where the students' intermediate results together are larger than the backend wants to hold. */
final class StudentsInTurnsTest {

    private static final Members FIVE = Members.all(5);

    /** The whole contract with one student at a time in all but the smallest cases. */
    @Nested
    class Fusion extends FusionKernelsContract {
        @Override
        protected TensorBackend openBackend(int threads) {
            return new CudaBackend(new CpuDevice(), 100);
        }
    }

    private final Random random = new Random(1);

    private Tensor random(TensorBackend backend, TensorArena arena, int rows, int cols) {
        float[] values = new float[FIVE.count() * rows * cols];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return arena.upload(backend, FIVE, rows, cols, values);
    }

    /** Two of five students fit at a time, so that the last turn has one: three turns, the same bits as in one. */
    @Test
    void turnsOfSeveralStudentsGiveTheSameBits() {
        int each = 7 * (3 + 1) * 6;
        CpuDevice turns = new CpuDevice();
        CpuDevice atOnce = new CpuDevice();
        float[] wanted = bilinear(atOnce, CudaFusionKernels.MOST_FLOATS);

        assertThat(bilinear(turns, 2 * each + each / 2)).isEqualTo(wanted);

        // Each turn is a product and a contraction; what comes before is done once.
        assertThat(turns.launches() - atOnce.launches()).isEqualTo(2 * 2);
    }

    private float[] bilinear(CpuDevice device, long mostFloats) {
        random.setSeed(1);
        try (CudaBackend backend = new CudaBackend(device, mostFloats);
                TensorArena arena = backend.openArena("turns")) {
            Tensor out = arena.zeros(FIVE, 7, 6);
            Tensor x = random(backend, arena, 7, 4);
            Tensor y = random(backend, arena, 7, 3);
            backend.fusion().bilinear(out, x, y, random(backend, arena, 5 * 4, 6), true);
            return backend.download(out);
        }
    }

    @Test
    void gradientsOfAnOutputWithoutColumnsAreZero() {
        try (CudaBackend backend = new CudaBackend(new CpuDevice());
                TensorArena arena = backend.openArena("no columns")) {
            Tensor dX = random(backend, arena, 2, 4);
            Tensor dY = random(backend, arena, 2, 3);
            Tensor x = random(backend, arena, 2, 4);
            Tensor y = random(backend, arena, 2, 3);

            backend.fusion()
                    .bilinearInputBackward(dX, dY, arena.zeros(FIVE, 2, 0), x, y, arena.zeros(FIVE, 20, 0), true);

            assertThat(backend.download(dX)).containsOnly(0f);
            assertThat(backend.download(dY)).containsOnly(0f);
        }
    }
}
