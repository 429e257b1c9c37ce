package org.metafusion.bench;

import java.util.SplittableRandom;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.ensemble.Backends;

/** A backend with the tensors of one benchmark; closed together. Values are uniform in [-1, 1), from a fixed seed. */
final class DeviceTensors implements AutoCloseable {

    private final TensorBackend backend;
    private final TensorArena arena;
    private final SplittableRandom random = new SplittableRandom(7);

    private DeviceTensors(TensorBackend backend) {
        this.backend = backend;
        this.arena = backend.openArena("benchmark");
    }

    /** @param threads of a CPU backend; 0 for one a processor */
    static DeviceTensors open(String backendName, int threads) {
        return new DeviceTensors(Backends.installed().open(backendName, new BackendConfig(threads)));
    }

    TensorBackend backend() {
        return backend;
    }

    TensorArena arena() {
        return arena;
    }

    Tensor zeros(Members members, int rows, int cols) {
        return arena.zeros(members, rows, cols);
    }

    Tensor random(Members members, int rows, int cols) {
        return arena.upload(backend, members, rows, cols, values(members.count() * rows * cols));
    }

    Tensor filled(Members members, int rows, int cols, float value) {
        Tensor tensor = arena.zeros(members, rows, cols);
        backend.fill(tensor, value);
        return tensor;
    }

    /** Class indices {@code [shared, rows, 1]}. */
    Tensor labels(int rows, int classes) {
        float[] labels = new float[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = random.nextInt(classes);
        }
        return arena.upload(backend, rows, 1, labels);
    }

    /** Divergence weights {@code [shared, students, students]}: all learn equally from the first few. */
    Tensor divergence(int students, int topPerformers) {
        float[] flat = new float[students * students];
        float[][] weights = CohortShape.divergenceWeights(students, topPerformers);
        for (int i = 0; i < students; i++) {
            System.arraycopy(weights[i], 0, flat, i * students, students);
        }
        return arena.upload(backend, students, students, flat);
    }

    float[] values(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (2 * random.nextDouble() - 1);
        }
        return values;
    }

    @Override
    public void close() {
        arena.close();
        backend.close();
    }
}
