package org.metafusion.training.phase;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.Objects;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.representation.InputKey;

/**
 * What students say when only some modalities are there. The others' inputs are zeros, which is the training mean of raw
 * features and of principal components. One forward pass and one download a batch and set of modalities.
 */
final class CoalitionProbe implements AutoCloseable {

    private final TensorBackend backend;
    private final Members members;
    private final CohortNetwork network;
    private final int rows;
    private final int[] absent;

    /** Asks {@code members} about {@code rows} rows at a time. */
    CoalitionProbe(TensorBackend backend, BatchPass.Parameters parameters, Members members, int rows) {
        this.backend = backend;
        this.members = members;
        this.rows = rows;
        this.absent = new int[rows];
        this.network = new CohortNetwork(
                backend, parameters.layout(), parameters.arena(), parameters.values(), null, members, rows, 0f);
    }

    Members members() {
        return members;
    }

    /**
     * Outputs {@code [students, rows, outputs]} for the rows {@code order[from ..]} with the modalities whose bits are set
     * in {@code coalition}.
     */
    float[] outputs(DeviceRows data, int[] order, int from, int coalition) {
        Arrays.fill(absent, data.rows());
        for (Map.Entry<InputKey, Tensor> input : network.inputs().entrySet()) {
            boolean present = (coalition & 1 << input.getKey().modality()) != 0;
            DeviceRows.Source source = Objects.requireNonNull(data.inputs().get(input.getKey()));
            source.load(backend, input.getValue(), present ? order : absent, present ? from : 0);
        }
        BitSet available = BitSet.valueOf(new long[] {coalition});
        network.tell(data.presence().only(available), order, from);
        network.forward(DropoutSeed.NONE);
        return backend.download(network.outputs());
    }

    /** Outputs {@code [data.rows, outputs]} of every member for all rows. */
    float[][] allOutputs(DeviceRows data, int coalition) {
        int width = network.outputs().cols();
        float[][] outputs = new float[members.count()][data.rows() * width];
        int[] order = new int[data.batches(rows) * rows];
        Arrays.setAll(order, i -> Math.min(i, data.rows()));
        for (int from = 0; from < order.length; from += rows) {
            float[] chunk = outputs(data, order, from, coalition);
            int count = Math.min(rows, data.rows() - from);
            for (int s = 0; s < outputs.length; s++) {
                System.arraycopy(chunk, s * rows * width, outputs[s], from * width, count * width);
            }
        }
        return outputs;
    }

    @Override
    public void close() {
        network.close();
    }
}
