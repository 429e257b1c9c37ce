package org.metafusion.training.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.network.TrainedLayers;
import org.metafusion.training.representation.DenseEncoder;
import org.metafusion.training.representation.InputKey;

/**
 * One encoder a modality as one network on a backend: a cohort of students that each see one modality raw and say an
 * embedding.
 */
final class EncoderStack implements AutoCloseable {

    private final TensorBackend backend;
    private final List<StandardisedRows> modalities;
    private final AlignmentOptions options;
    private final CohortLayout layout;
    private final TensorArena arena;
    private final Tensor parameters;
    private final Tensor gradients;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final CohortNetwork training;
    private final CohortNetwork evaluation;
    private DropoutSeed dropout = DropoutSeed.NONE;
    private int step;

    private EncoderStack(
            TensorBackend backend,
            List<StandardisedRows> modalities,
            AlignmentOptions options,
            TensorArena arena,
            Batches batches) {
        this.backend = backend;
        this.modalities = modalities;
        this.options = options;
        this.arena = arena;
        this.layout = layout(modalities, options);
        this.parameters = arena.upload(backend, 1, layout.size(), layout.initialise(options.seed()));
        this.gradients = arena.zeros(Members.SHARED, 1, layout.size());
        this.firstMoment = arena.zeros(Members.SHARED, 1, layout.size());
        this.secondMoment = arena.zeros(Members.SHARED, 1, layout.size());
        Members everyone = Members.all(modalities.size());
        this.training = new CohortNetwork(
                backend, layout, arena, parameters, gradients, everyone, batches.trained(), options.dropout());
        try {
            this.evaluation =
                    new CohortNetwork(backend, layout, arena, parameters, null, everyone, batches.evaluated(), 0f);
        } catch (RuntimeException e) {
            training.close();
            throw e;
        }
    }

    /** Rows of a step and of an evaluation. */
    record Batches(int trained, int evaluated) {}

    /** With initial parameters. */
    static EncoderStack open(
            TensorBackend backend, List<StandardisedRows> modalities, AlignmentOptions options, Batches batches) {
        TensorArena arena = backend.openArena("encoders of " + modalities.size() + " modalities");
        try {
            return new EncoderStack(backend, modalities, options, arena, batches);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static CohortLayout layout(List<StandardisedRows> rows, AlignmentOptions options) {
        List<Modality> modalities = IntStream.range(0, rows.size())
                .mapToObj(m -> Modality.of("modality " + m, rows.get(m).width()))
                .toList();
        Task task = new Task.Regression(IntStream.range(0, options.width())
                .mapToObj(k -> "embedding " + k)
                .toList());
        List<StudentSpec> students = new ArrayList<>();
        for (int m = 0; m < rows.size(); m++) {
            List<Representation> sees = new ArrayList<>(Collections.nCopies(rows.size(), new Representation.Null()));
            sees.set(m, new Representation.Raw());
            students.add(new StudentSpec(sees, Concatenation.NAME, new HeadSpec(options.hidden())));
        }
        return new CohortLayout(
                new Cohort(modalities, task, students),
                FusionOperators.standard(),
                key -> rows.get(key.modality()).width());
    }

    /** Embeddings {@code [modalities, batch, width]} in training, of the rows {@code order[from ..]}. */
    float[] forward(int[] order, int from, int count, long seed) {
        dropout = new DropoutSeed(seed, options.dropout() > 0);
        return embed(training, order, from, count, dropout);
    }

    /** As {@link #forward}, without dropout. */
    float[] evaluate(int[] order, int from, int count) {
        return embed(evaluation, order, from, count, DropoutSeed.NONE);
    }

    private float[] embed(CohortNetwork network, int[] order, int from, int count, DropoutSeed seed) {
        int rows = network.outputs().rows();
        int[] padded = Arrays.copyOfRange(order, from, from + rows);
        Arrays.fill(padded, count, rows, modalities.get(0).rows());
        network.inputs()
                .forEach((InputKey key, Tensor input) ->
                        backend.uploadRows(input, modalities.get(key.modality()).values(), padded, 0));
        network.forward(seed);
        return backend.download(network.outputs());
    }

    /** A step of AdamW against the gradient of the last {@link #forward}'s embeddings. */
    void learn(float[] dEmbeddings) {
        step++;
        backend.upload(training.dOutputs(), dEmbeddings);
        training.backward(dropout);
        backend.optimizer()
                .adamW(
                        parameters,
                        gradients,
                        firstMoment,
                        secondMoment,
                        layout.parts(Members.all(modalities.size())),
                        AdamW.of(options.learningRate(), options.weightDecay(), step));
    }

    /** All parameters, flat. */
    float[] parameters() {
        return backend.download(parameters);
    }

    /** The encoders of parameters. */
    List<DenseEncoder> encoders(float[] flat) {
        List<DenseEncoder> encoders = new ArrayList<>();
        for (int m = 0; m < modalities.size(); m++) {
            float[] own = Arrays.copyOfRange(flat, layout.offset(m), layout.offset(m) + layout.size(m));
            encoders.add(new DenseEncoder(new TrainedLayers(layout, m, own).head(), true));
        }
        return encoders;
    }

    @Override
    public void close() {
        training.close();
        evaluation.close();
        backend.synchronize();
        arena.close();
    }
}
