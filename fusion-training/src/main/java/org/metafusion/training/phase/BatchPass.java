package org.metafusion.training.phase;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.Presence;
import org.metafusion.training.representation.InputKey;

/** A network for a batch of rows, with the targets of these rows and the weights they have for each student. */
record BatchPass(TensorBackend backend, CohortNetwork network, Tensor targets, Tensor weights, int rows) {

    /** The flat buffers, of a phase's arena. */
    record Parameters(CohortLayout layout, TensorArena arena, Tensor values, Tensor gradients) {}

    /**
     * Over some of the students.
     *
     * @param arena owns the pass
     * @param rows of a batch
     * @param dropout rate in training; null for a network that only predicts
     */
    static BatchPass of(
            TensorBackend backend,
            TensorArena arena,
            Parameters parameters,
            Members members,
            DeviceRows data,
            int rows,
            @Nullable Float dropout) {
        CohortNetwork network = new CohortNetwork(
                backend,
                parameters.layout(),
                parameters.arena(),
                parameters.values(),
                dropout == null ? null : parameters.gradients(),
                members,
                rows,
                dropout == null ? 0f : dropout);
        return new BatchPass(
                backend,
                network,
                arena.zeros(Members.SHARED, rows, data.targets().cols()),
                arena.zeros(data.weights().members(), rows, 1),
                rows);
    }

    /**
     * Queues loading rows {@code order[from ..]}.
     *
     * @param presence what tolerant students are told the rows have
     */
    void load(DeviceRows data, Presence presence, int[] order, int from) {
        network.tell(presence, order, from);
        for (Map.Entry<InputKey, Tensor> input : network.inputs().entrySet()) {
            Objects.requireNonNull(data.inputs().get(input.getKey())).load(backend, input.getValue(), order, from);
        }
        backend.gather(targets, data.targets(), order, from);
        backend.gather(weights, data.weights(), order, from);
    }

    /** Queues the loss of what the network says about the rows, and its gradient. */
    void loss(CohortLoss loss, Tensor dOutputs, Tensor totals) {
        loss.apply(dOutputs, totals, network.outputs(), targets, weights);
    }
}
