package org.metafusion.training.phase;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.DropoutSeed;
import org.metafusion.training.representation.InputKey;

/** The students in the stack at present, with their networks for a training batch and for evaluation. */
final class ActiveCohort implements AutoCloseable {

    private static final int EVALUATION_ROWS = 256;

    /** The flat buffers, of a phase's arena. */
    record Parameters(TensorArena arena, Tensor values, Tensor gradients) {}

    /** A network with the targets and weights of the rows it is given. */
    private record Pass(CohortNetwork network, Tensor targets, Tensor weights, int rows) {}

    private final TensorBackend backend;
    private final CohortLayout layout;
    private final Members members;
    private final TensorArena arena;
    private final CohortLoss trainingLoss;
    private final CohortLoss validationLoss;
    private final ParameterLayout parts;
    private final float dropout;
    private final Parameters parameters;
    private final Pass training;
    private final Pass evaluation;
    private final Tensor evaluationGradient;
    private final Tensor totals;

    ActiveCohort(
            TensorBackend backend,
            CohortLayout layout,
            Parameters parameters,
            Members members,
            Objective objective,
            DeviceRows train,
            DeviceRows validation,
            TrainingOptions options) {
        this.backend = backend;
        this.layout = layout;
        this.parameters = parameters;
        this.members = members;
        this.dropout = options.dropout();
        this.parts = layout.parts(members);
        this.arena = backend.openArena("step of " + members.count() + " students");
        this.trainingLoss =
                CohortLoss.of(backend, arena, layout.cohort().task(), members, objective, options.temperature());
        this.validationLoss = trainingLoss.withoutPeers();
        this.training = pass(train, Math.min(options.batchSize(), train.rows()), parameters.gradients());
        this.evaluation = pass(validation, Math.min(EVALUATION_ROWS, validation.rows()), null);
        this.evaluationGradient =
                arena.zeros(members, evaluation.rows(), layout.cohort().task().outputs());
        this.totals = arena.zeros(members, 1, 2);
    }

    private Pass pass(DeviceRows data, int rows, @Nullable Tensor gradients) {
        CohortNetwork network = new CohortNetwork(
                backend, layout, parameters.arena(), parameters.values(), gradients, members, rows, dropout);
        return new Pass(
                network,
                arena.zeros(Members.SHARED, rows, data.targets().cols()),
                arena.zeros(data.weights().members(), rows, 1),
                rows);
    }

    Members members() {
        return members;
    }

    /** The parts of the flat buffers that belong to the active students. */
    ParameterLayout parts() {
        return parts;
    }

    int batchRows() {
        return training.rows();
    }

    /** Queues forward, loss and backward of one batch; the gradients are then ready for the optimiser. */
    void step(DeviceRows rows, int[] order, int from, DropoutSeed dropoutSeed) {
        CohortNetwork network = training.network();
        load(training, rows, order, from);
        network.forward(dropoutSeed);
        loss(training, network.dOutputs(), trainingLoss);
        network.backward(dropoutSeed);
    }

    private void load(Pass pass, DeviceRows rows, int[] order, int from) {
        for (Map.Entry<InputKey, Tensor> input : pass.network().inputs().entrySet()) {
            Objects.requireNonNull(rows.inputs().get(input.getKey())).load(backend, input.getValue(), order, from);
        }
        backend.gather(pass.targets(), rows.targets(), order, from);
        backend.gather(pass.weights(), rows.weights(), order, from);
    }

    private void loss(Pass pass, Tensor dOutputs, CohortLoss loss) {
        loss.apply(dOutputs, totals, pass.network().outputs(), pass.targets(), pass.weights());
    }

    /** Mean task loss by student number of the cohort; NaN for a student that sees no row or is not active. */
    double[] validate(DeviceRows rows) {
        backend.fill(totals, 0f);
        forEachChunk(rows, (from, count) -> loss(evaluation, evaluationGradient, validationLoss));
        float[] sums = backend.download(totals);
        double[] losses = new double[layout.cohort().size()];
        Arrays.fill(losses, Double.NaN);
        for (int i = 0; i < members.count(); i++) {
            int student = members.student(i);
            losses[student] = sums[2 * i] / (double) rows.visible()[student];
        }
        return losses;
    }

    /** Outputs {@code [rows, outputs]} by student number of the cohort; empty for one that is not active. */
    float[][] predict(DeviceRows rows) {
        int width = layout.cohort().task().outputs();
        float[][] outputs = new float[layout.cohort().size()][];
        Arrays.fill(outputs, new float[0]);
        members.students().forEach(s -> outputs[s] = new float[rows.rows() * width]);
        forEachChunk(rows, (from, count) -> {
            float[] chunk = backend.download(evaluation.network().outputs());
            for (int i = 0; i < members.count(); i++) {
                System.arraycopy(
                        chunk, i * evaluation.rows() * width, outputs[members.student(i)], from * width, count * width);
            }
        });
        return outputs;
    }

    private interface Chunk {
        void computed(int from, int count);
    }

    private void forEachChunk(DeviceRows rows, Chunk chunk) {
        int size = evaluation.rows();
        int[] order = new int[rows.batches(size) * size];
        for (int i = 0; i < order.length; i++) {
            order[i] = Math.min(i, rows.rows());
        }
        for (int from = 0; from < order.length; from += size) {
            load(evaluation, rows, order, from);
            evaluation.network().forward(DropoutSeed.NONE);
            chunk.computed(from, Math.min(size, rows.rows() - from));
        }
    }

    @Override
    public void close() {
        training.network().close();
        evaluation.network().close();
        backend.synchronize();
        arena.close();
    }
}
