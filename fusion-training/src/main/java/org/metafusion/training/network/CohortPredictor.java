package org.metafusion.training.network;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.rows.HeapRows;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;

/**
 * Outputs of trained students on new rows, in chunks of at most {@value #CHUNK}. Keeps a network for each set of
 * students and chunk size it was asked for. Used by one thread at a time.
 */
public final class CohortPredictor implements AutoCloseable {

    private static final int CHUNK = 256;

    private record NetworkKey(Members members, int rows) {}

    /** Standardised features {@code [rows, width]} of a modality. */
    private record RawKey(int modality, int rows) {}

    /** A frozen representation computed by the backend: {@code x W + b}. */
    private record Projection(Tensor weights, Tensor bias) {}

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final Preparation preparation;
    private final TensorArena arena;
    private final Tensor parameters;
    private final Map<NetworkKey, CohortNetwork> networks = new HashMap<>();
    private final Map<InputKey, Projection> projections = new HashMap<>();
    private final Map<RawKey, Tensor> standardised = new HashMap<>();
    private final Map<RawKey, float[]> features = new HashMap<>();

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
     * scale; the mean over a student's copies. Where a row lacks a modality the student needs, its output means nothing.
     *
     * @param samples with the cohort's modalities, in its order
     */
    public float[][] predict(Samples samples, Members students) {
        int width = layout.cohort().task().outputs();
        float[][] outputs = new float[students.count()][];
        Arrays.setAll(outputs, i -> HeapRows.room("What a student says", samples.rows(), width));
        int capacity = capacity(samples.rows());
        CohortNetwork network = network(layout.copiesOf(students.students().toArray()), capacity);
        Presence presence = network.isTolerant() ? Presence.of(samples) : null;
        int[] inOrder = presence == null
                ? new int[0]
                : IntStream.range(0, samples.rows() + CHUNK).toArray();
        float[] computed = new float[network.outputs().size()];
        for (int from = 0; from < samples.rows(); from += CHUNK) {
            int count = Math.min(CHUNK, samples.rows() - from);
            load(network, samples, from, count, capacity);
            if (presence != null) {
                network.tell(presence, inOrder, from);
            }
            network.forward(DropoutSeed.NONE);
            backend.download(network.outputs(), computed);
            for (int copy = 0; copy < network.outputs().members().count(); copy++) {
                collect(computed, copy * capacity * width, outputs[copy / layout.folds()], from * width, count * width);
            }
        }
        return outputs;
    }

    /** Adds a copy's share to the mean of its student. */
    private void collect(float[] computed, int at, float[] outputs, int to, int count) {
        if (layout.folds() == 1) {
            System.arraycopy(computed, at, outputs, to, count);
            return;
        }
        float share = 1f / layout.folds();
        for (int i = 0; i < count; i++) {
            outputs[to + i] += share * computed[at + i];
        }
    }

    /** Fills the network's inputs; affine representations are products on the backend, of features uploaded once. */
    private void load(CohortNetwork network, Samples samples, int from, int count, int capacity) {
        Map<InputKey, Tensor> inputs = network.inputs();
        Map<Integer, float[]> read = new HashMap<>();
        inputs.forEach((key, input) -> {
            float[] values = read.computeIfAbsent(
                    key.modality(), m -> features(samples.tables().get(m), m, from, count, capacity));
            FittedExtractor extractor = preparation.extractors().get(key);
            if (extractor == null) {
                backend.upload(input, values);
            } else if (projection(key, extractor) == null) {
                backend.upload(input, extractor.apply(values, capacity));
            }
        });
        Map<Integer, Tensor> raw = new HashMap<>();
        inputs.forEach((key, input) -> {
            Projection projection = projections.get(key);
            if (projection != null) {
                Tensor x = raw.computeIfAbsent(
                        key.modality(), m -> raw(inputs, m, Objects.requireNonNull(read.get(m)), capacity));
                backend.dense().bias(input, projection.bias());
                backend.dense().multiply(input, x, projection.weights());
            }
        });
    }

    /** Standardised features of {@code count} rows in an array kept for them, so that it stays in the cache. */
    private float[] features(FeatureTable table, int modality, int from, int count, int capacity) {
        float[] values = features.computeIfAbsent(
                new RawKey(modality, capacity),
                key -> new float[capacity * table.modality().width()]);
        preparation.standardisers().get(modality).apply(table, from, count, values);
        return values;
    }

    private @Nullable Projection projection(InputKey key, FittedExtractor extractor) {
        Projection known = projections.get(key);
        AffineMap map = known == null ? extractor.affine().orElse(null) : null;
        if (map != null) {
            known = new Projection(
                    arena.upload(backend, map.inputs(), map.outputs(), map.weights()),
                    arena.upload(backend, 1, map.outputs(), map.bias()));
            projections.put(key, known);
        }
        return known;
    }

    /** The modality's standardised features: the network's own input where it has them, else uploaded aside. */
    private Tensor raw(Map<InputKey, Tensor> inputs, int modality, float[] values, int rows) {
        Tensor input = inputs.get(InputKey.raw(modality));
        if (input != null) {
            return input;
        }
        Tensor aside = standardised(modality, rows);
        backend.upload(aside, values);
        return aside;
    }

    private Tensor standardised(int modality, int rows) {
        return standardised.computeIfAbsent(
                new RawKey(modality, rows),
                key -> arena.zeros(
                        Members.SHARED,
                        rows,
                        layout.cohort().modalities().get(modality).width()));
    }

    /** Powers of two, so that the kinds of networks kept are few. */
    private static int capacity(int rows) {
        return Math.min(CHUNK, Integer.highestOneBit(Math.max(1, 2 * rows - 1)));
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
