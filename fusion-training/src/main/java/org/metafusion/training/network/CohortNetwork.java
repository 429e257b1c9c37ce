package org.metafusion.training.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.representation.InputKey;

/**
 * A cohort as one network.
 *
 * <p>Students that do the same thing to tensors of the same shape form a group, and a group is one call on the backend:
 * all encoders of one kind over one modality; all first-layer products that read one representation, which is their
 * shared operand; all later layers of one head. A first layer is its bias plus one product a term, each added straight
 * into the students' matrices, so nothing is concatenated or gathered. The number of calls does not depend on the number
 * of students.
 *
 * <p>The parameters lie in the flat buffer of a {@link CohortLayout}; a network covers any of its students, so students
 * leave by building a network over those that stay, on the same buffer.
 */
public final class CohortNetwork implements AutoCloseable {

    private final TensorBackend backend;
    private final TensorArena arena;
    private final List<Stage> stages;
    private final SortedMap<InputKey, Tensor> inputs = new TreeMap<>();
    private final Map<List<Integer>, Tensor> presences = new LinkedHashMap<>();
    private final Tensor outputs;
    private final @Nullable Tensor dOutputs;

    /**
     * Builds a network for a fixed number of rows.
     *
     * @param parameters the flat parameters, and views of it are taken from {@code parameterArena}, which owns it
     * @param gradients the flat gradients, in the same arena; null for a network that only predicts
     * @param members its students
     * @param rows of a batch
     * @param dropout rate after each hidden layer of the heads, and of the encoders, in training
     */
    public CohortNetwork(
            TensorBackend backend,
            CohortLayout layout,
            TensorArena parameterArena,
            Tensor parameters,
            @Nullable Tensor gradients,
            Members members,
            int rows,
            float dropout) {
        this.backend = backend;
        this.arena = backend.openArena("network of " + members.count() + " students, " + rows + " rows");
        boolean trains = gradients != null;
        int width = layout.cohort().task().outputs();
        for (InputKey key : layout.inputs(members)) {
            inputs.put(key, arena.zeros(Members.SHARED, rows, layout.inputWidth(key)));
        }
        outputs = arena.zeros(members, rows, width);
        dOutputs = trains ? arena.zeros(members, rows, width) : null;
        ParameterViews views = new ParameterViews(parameterArena, parameters, gradients, layout);
        stages = new NetworkBuilder(backend, arena, views, inputs, rows, dropout)
                .withPresences(presences)
                .build(members, outputs, dOutputs);
    }

    /** The input matrices {@code [shared, rows, width]} to be filled before {@link #forward}. */
    public Map<InputKey, Tensor> inputs() {
        return inputs;
    }

    /** Queues telling tolerant students what rows {@code order[from ..]} have; a number beyond the rows has nothing. */
    public void tell(Presence presence, int[] order, int from) {
        presences.forEach((modalities, told) -> backend.uploadRows(told, presence.shares(modalities), order, from));
    }

    /** Whether students are in it that answer by what is there, and are to be {@linkplain #tell told}. */
    public boolean isTolerant() {
        return !presences.isEmpty();
    }

    /** Logits or values {@code [rows, outputs]} of every student. */
    public Tensor outputs() {
        return outputs;
    }

    /** Their gradient, to be filled before {@link #backward}. */
    public Tensor dOutputs() {
        return Objects.requireNonNull(dOutputs, "this network only predicts");
    }

    /** Queues the forward pass. */
    public void forward(DropoutSeed dropoutSeed) {
        for (int i = 0; i < stages.size(); i++) {
            stages.get(i).forward(dropoutSeed);
        }
    }

    /** Queues the backward pass of the last forward pass; overwrites the students' gradients. */
    public void backward(DropoutSeed dropoutSeed) {
        for (int i = stages.size() - 1; i >= 0; i--) {
            stages.get(i).backward(dropoutSeed);
        }
    }

    /** Frees activations; the parameters stay. */
    @Override
    public void close() {
        backend.synchronize();
        arena.close();
    }
}
