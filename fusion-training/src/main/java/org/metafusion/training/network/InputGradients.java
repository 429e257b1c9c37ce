package org.metafusion.training.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.NetworkBuilder.InputGradient;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.Preparation;

/**
 * How the outputs of trained students change with their standardised inputs, for a fixed number of rows: a network that
 * also propagates to its inputs, and from there through affine representations. What students read through another frozen
 * representation is taken as constant. Used by one thread at a time.
 */
public final class InputGradients implements AutoCloseable {

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final Preparation preparation;
    private final int rows;
    private final TensorArena arena;
    private final SortedMap<InputKey, Tensor> inputs = new TreeMap<>();
    private final Tensor outputs;
    private final Tensor dOutputs;
    private final Map<List<Integer>, Tensor> presences = new java.util.LinkedHashMap<>();
    private final List<InputGradient> gradients = new ArrayList<>();
    private final List<Stage> stages;

    /**
     * Of some students, in all their copies.
     *
     * @param flat the parameters of all students of the layout
     * @param students ascending
     */
    public InputGradients(
            TensorBackend backend, CohortLayout layout, Preparation preparation, float[] flat, Rows students) {
        this.backend = backend;
        this.layout = layout;
        this.preparation = preparation;
        this.rows = students.rows();
        this.arena = backend.openArena("input gradients of " + students.students().length + " students");
        Members copies = layout.copiesOf(students.students());
        Tensor parameters = arena.upload(backend, 1, layout.size(), flat);
        Tensor parameterGradients = arena.zeros(Members.SHARED, 1, layout.size());
        for (InputKey key : layout.inputs(copies)) {
            inputs.put(key, arena.zeros(Members.SHARED, rows, layout.inputWidth(key)));
        }
        int width = layout.cohort().task().outputs();
        outputs = arena.zeros(copies, rows, width);
        dOutputs = arena.zeros(copies, rows, width);
        ParameterViews views = new ParameterViews(arena, parameters, parameterGradients, layout);
        stages = new NetworkBuilder(backend, arena, views, inputs, rows, 0f)
                .withInputGradients(gradients)
                .withPresences(presences)
                .build(copies, outputs, dOutputs);
    }

    /**
     * Whose gradients, for how many rows.
     *
     * @param students ascending
     */
    public record Rows(int[] students, int rows) {}

    /**
     * The gradient of {@code sum over students and outputs of dOutputs * outputs} with respect to the standardised inputs:
     * {@code [rows, width]} a modality, zero for one that no student reads.
     *
     * @param standardised {@code [rows, width]} a modality, zero where a row lacks it
     * @param presence which modalities the rows have
     * @param dOutput {@code [rows * outputs]} of each student, whose output is the mean of its copies
     */
    public List<float[]> backward(List<float[]> standardised, Presence presence, float[][] dOutput) {
        int[] inOrder = java.util.stream.IntStream.range(0, rows).toArray();
        presences.forEach((modalities, told) -> backend.uploadRows(told, presence.shares(modalities), inOrder, 0));
        inputs.forEach((key, input) -> {
            float[] values = standardised.get(key.modality());
            FittedExtractor extractor = preparation.extractors().get(key);
            backend.upload(input, extractor == null ? values : extractor.apply(values, rows));
        });
        for (Stage stage : stages) {
            stage.forward(DropoutSeed.NONE);
        }
        backend.upload(dOutputs, shared(dOutput));
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).backward(DropoutSeed.NONE);
        }
        return collected(standardised);
    }

    /** Each copy's part of its student's gradient. */
    private float[] shared(float[][] dOutput) {
        float[] all = new float[outputs.size()];
        int size = dOutput[0].length;
        for (int copy = 0; copy < all.length / size; copy++) {
            float[] of = dOutput[copy / layout.folds()];
            for (int i = 0; i < size; i++) {
                all[copy * size + i] = of[i] / layout.folds();
            }
        }
        return all;
    }

    private List<float[]> collected(List<float[]> standardised) {
        Map<InputKey, float[]> byInput = new TreeMap<>();
        for (InputGradient of : gradients) {
            float[] values = new float[of.gradient().size()];
            backend.download(of.gradient(), values);
            int size = rows * of.gradient().cols();
            float[] sum = byInput.computeIfAbsent(of.key(), key -> new float[size]);
            for (int i = 0; i < values.length; i++) {
                sum[i % size] += values[i];
            }
        }
        List<float[]> collected = new ArrayList<>();
        standardised.forEach(values -> collected.add(new float[values.length]));
        byInput.forEach((key, gradient) -> add(key, gradient, collected.get(key.modality())));
        return collected;
    }

    private void add(InputKey key, float[] gradient, float[] sum) {
        FittedExtractor extractor = preparation.extractors().get(key);
        if (extractor == null) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i];
            }
            return;
        }
        Optional<AffineMap> map = extractor.affine();
        map.ifPresent(affine -> addThrough(affine, gradient, sum));
    }

    /** {@code dX += dZ W^T} for {@code z = x W + b}. */
    private void addThrough(AffineMap map, float[] dZ, float[] dX) {
        int in = map.inputs();
        int out = map.outputs();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < in; i++) {
                float sum = 0;
                for (int j = 0; j < out; j++) {
                    sum += dZ[row * out + j] * map.weights()[i * out + j];
                }
                dX[row * in + i] += sum;
            }
        }
    }

    @Override
    public void close() {
        backend.synchronize();
        arena.close();
    }
}
