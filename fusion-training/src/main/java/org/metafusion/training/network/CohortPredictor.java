package org.metafusion.training.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;
import org.metafusion.training.representation.PreparedRows;

/**
 * Outputs of trained students on new rows, in chunks of at most {@value #CHUNK}. Keeps a network for each set of
 * students and chunk size it was asked for. Used by one thread at a time.
 */
public final class CohortPredictor implements AutoCloseable {

    private static final int CHUNK = 256;

    private record NetworkKey(Members members, int rows) {}

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final Preparation preparation;
    private final TensorArena arena;
    private final Tensor parameters;
    private final Map<NetworkKey, CohortNetwork> networks = new HashMap<>();

    /** With the parameters of all students of the layout, flat. */
    public CohortPredictor(TensorBackend backend, CohortLayout layout, Preparation preparation, float[] flat) {
        this.backend = backend;
        this.layout = layout;
        this.preparation = preparation;
        this.arena = backend.openArena("parameters of " + layout.cohort().size() + " students");
        this.parameters = arena.upload(backend, 1, layout.size(), flat);
    }

    /**
     * Outputs {@code [rows, outputs]} of each of {@code students}, in that order: logits, or values in the training's
     * scale. Where a row lacks a modality the student needs, its output means nothing.
     *
     * @param samples with the cohort's modalities, in its order
     */
    public float[][] predict(Samples samples, Members students) {
        int width = layout.cohort().task().outputs();
        float[][] outputs = new float[students.count()][samples.rows() * width];
        PreparedRows prepared = preparation.apply(samples, layout.inputs(students));
        for (int from = 0; from < samples.rows(); from += CHUNK) {
            int count = Math.min(CHUNK, samples.rows() - from);
            CohortNetwork network = network(students, capacity(samples.rows()));
            int capacity = network.outputs().rows();
            for (Map.Entry<InputKey, Tensor> input : network.inputs().entrySet()) {
                backend.upload(input.getValue(), chunk(prepared, input.getKey(), from, count, capacity));
            }
            network.forward(DropoutSeed.NONE);
            float[] computed = backend.download(network.outputs());
            for (int s = 0; s < students.count(); s++) {
                System.arraycopy(computed, s * capacity * width, outputs[s], from * width, count * width);
            }
        }
        return outputs;
    }

    /** Powers of two, so that the kinds of networks kept are few. */
    private static int capacity(int rows) {
        return Math.min(CHUNK, Integer.highestOneBit(Math.max(1, 2 * rows - 1)));
    }

    private float[] chunk(PreparedRows prepared, InputKey key, int from, int count, int capacity) {
        float[] all = Objects.requireNonNull(prepared.inputs().get(key));
        int width = layout.inputWidth(key);
        return Arrays.copyOf(Arrays.copyOfRange(all, from * width, (from + count) * width), capacity * width);
    }

    private CohortNetwork network(Members students, int rows) {
        return networks.computeIfAbsent(
                new NetworkKey(students, rows),
                key -> new CohortNetwork(backend, layout, arena, parameters, null, key.members(), key.rows(), 0f));
    }

    @Override
    public void close() {
        networks.values().forEach(CohortNetwork::close);
        backend.synchronize();
        arena.close();
    }
}
