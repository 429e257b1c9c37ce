package org.metafusion.cuda;

import java.util.Objects;
import java.util.Random;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortNetwork;
import org.metafusion.training.network.DropoutSeed;

/** Training steps of the {@link SmallTask}'s cohort, made one at a time: gather, forward, loss, backward, AdamW. */
final class TrainingSteps implements AutoCloseable {

    private static final int ROWS = 90;
    private static final int BATCH = 16;
    private static final int WIDEST = 6;

    private final TensorBackend backend;
    private final CohortNetwork network;
    private final Tensor data;
    private final Tensor classes;
    private final Tensor labels;
    private final Tensor weights;
    private final Tensor totals;
    private final Tensor parameters;
    private final Tensor gradients;
    private final Tensor firstMoment;
    private final Tensor secondMoment;
    private final ParameterLayout parts;
    private final MutualTerm mutual;
    private final Random random = new Random(3);
    private int step;

    TrainingSteps(TensorBackend backend, TensorArena arena) {
        this.backend = backend;
        Cohort cohort = SmallTask.concatenating();
        Members members = Members.all(cohort.size());
        CohortLayout layout = new CohortLayout(cohort, SmallTask.OPERATORS, key -> WIDEST);
        parameters = arena.upload(backend, 1, layout.size(), layout.initialise(1));
        gradients = arena.zeros(Members.SHARED, 1, layout.size());
        firstMoment = arena.zeros(Members.SHARED, 1, layout.size());
        secondMoment = arena.zeros(Members.SHARED, 1, layout.size());
        parts = layout.parts(members);
        network = new CohortNetwork(backend, layout, arena, parameters, gradients, members, BATCH, 0.2f);
        data = arena.zeros(Members.SHARED, ROWS, WIDEST);
        classes = arena.zeros(Members.SHARED, ROWS, 1);
        labels = arena.zeros(Members.SHARED, BATCH, 1);
        weights = arena.zeros(Members.SHARED, BATCH, 1);
        backend.fill(weights, 1f);
        totals = arena.zeros(members, 1, 2);
        Tensor divergence = arena.zeros(Members.SHARED, cohort.size(), cohort.size());
        backend.fill(divergence, 0.1f);
        mutual = new MutualTerm(divergence, 0.5f, 1f);
    }

    /** One step on other rows than those before. */
    void run() {
        step++;
        backend.repeat(this::learn);
    }

    private void learn() {
        int[] rows = random.ints(BATCH, 0, ROWS).toArray();
        DropoutSeed seed = new DropoutSeed(step, true);
        for (var key : network.inputs().keySet()) {
            backend.gather(Objects.requireNonNull(network.inputs().get(key)), data, rows, 0);
        }
        backend.gather(labels, classes, rows, 0);
        network.forward(seed);
        backend.loss().classification(network.dOutputs(), totals, network.outputs(), labels, weights, mutual);
        network.backward(seed);
        backend.optimizer().adamW(parameters, gradients, firstMoment, secondMoment, parts, AdamW.of(1e-2f, 0f, step));
    }

    @Override
    public void close() {
        network.close();
    }
}
