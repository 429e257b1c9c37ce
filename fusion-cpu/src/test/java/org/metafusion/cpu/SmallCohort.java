package org.metafusion.cpu;

import java.util.Random;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/** Five students with a hidden layer on a shared input, trained mutually: what a training engine does, in small. */
final class SmallCohort implements AutoCloseable {

    private static final int STUDENTS = 5;
    private static final int ROWS = 200;
    private static final int BATCH = 37;
    private static final int IN = 29;
    private static final int HIDDEN = 70;
    private static final int CLASSES = 3;
    private static final int PART = IN * HIDDEN + HIDDEN + HIDDEN * CLASSES + CLASSES;

    private final Members all = Members.all(STUDENTS);
    private final CpuBackend backend;
    private final TensorArena arena;
    private final Tensor data;
    private final Tensor classes;
    private final Tensor x;
    private final Tensor labels;
    private final Tensor weights;
    private final Tensor parameters;
    private final Tensor gradients;
    private final Tensor m;
    private final Tensor v;
    private final Tensor hidden;
    private final Tensor dHidden;
    private final Tensor logits;
    private final Tensor dLogits;
    private final Tensor totals;
    private final Tensor[] views = new Tensor[8];
    private final ParameterLayout layout;
    private final MutualTerm mutual;
    private final int[] rows = new int[ROWS];
    private final AdamW adam = AdamW.of(1e-3f, 1e-2f, 1);
    private int step;

    SmallCohort(int threads) {
        backend = new CpuBackend(new BackendConfig(threads));
        arena = backend.openArena("cohort");
        Random random = new Random(1);
        float[] inputs = new float[ROWS * IN];
        float[] targets = new float[ROWS];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = (i * 7) % ROWS;
            targets[i] = i % CLASSES;
            for (int j = 0; j < IN; j++) {
                inputs[i * IN + j] = (float) random.nextGaussian() + (j % CLASSES == targets[i] ? 1f : 0f);
            }
        }
        data = arena.upload(backend, ROWS, IN, inputs);
        classes = arena.upload(backend, ROWS, 1, targets);
        x = arena.zeros(Members.SHARED, BATCH, IN);
        labels = arena.zeros(Members.SHARED, BATCH, 1);
        weights = arena.zeros(all, BATCH, 1);
        backend.fill(weights, 1f);
        float[] initial = new float[STUDENTS * PART];
        int[] bounds = new int[2 * STUDENTS];
        for (int i = 0; i < initial.length; i++) {
            initial[i] = (float) random.nextGaussian() * 0.1f;
        }
        for (int s = 0; s < STUDENTS; s++) {
            bounds[2 * s] = s * PART;
            bounds[2 * s + 1] = (s + 1) * PART;
        }
        layout = new ParameterLayout(all, bounds);
        parameters = arena.upload(backend, 1, initial.length, initial);
        gradients = arena.zeros(Members.SHARED, 1, initial.length);
        m = arena.zeros(Members.SHARED, 1, initial.length);
        v = arena.zeros(Members.SHARED, 1, initial.length);
        views(parameters, 0);
        views(gradients, 4);
        hidden = arena.zeros(all, BATCH, HIDDEN);
        dHidden = arena.zeros(all, BATCH, HIDDEN);
        logits = arena.zeros(all, BATCH, CLASSES);
        dLogits = arena.zeros(all, BATCH, CLASSES);
        totals = arena.zeros(all, 1, 2);
        float[] d = new float[STUDENTS * STUDENTS];
        for (int i = 0; i < d.length; i++) {
            d[i] = i % (STUDENTS + 1) == 0 ? 0f : 0.25f;
        }
        mutual = new MutualTerm(arena.upload(backend, STUDENTS, STUDENTS, d), 0.5f, 1f);
    }

    private void views(Tensor flat, int at) {
        int[][] shapes = {{IN, HIDDEN}, {1, HIDDEN}, {HIDDEN, CLASSES}, {1, CLASSES}};
        int from = 0;
        for (int i = 0; i < shapes.length; i++) {
            int[] offsets = new int[STUDENTS];
            for (int s = 0; s < STUDENTS; s++) {
                offsets[s] = s * PART + from;
            }
            views[at + i] = arena.view(flat, offsets, all, shapes[i][0], shapes[i][1]);
            from += shapes[i][0] * shapes[i][1];
        }
    }

    void steps(int count) {
        var dense = backend.dense();
        for (int i = 0; i < count; i++) {
            int from = (step++ * BATCH) % (ROWS - BATCH);
            backend.gather(x, data, rows, from);
            backend.gather(labels, classes, rows, from);
            dense.bias(hidden, views[1]);
            dense.multiply(hidden, x, views[0]);
            dense.activate(hidden, Activation.RELU);
            dense.dropout(hidden, 0.1f, step);
            dense.bias(logits, views[3]);
            dense.multiply(logits, hidden, views[2]);
            backend.loss().classification(dLogits, totals, logits, labels, weights, mutual);
            dense.weightBackward(views[6], hidden, dLogits);
            dense.biasBackward(views[7], dLogits);
            dense.inputBackward(dHidden, dLogits, views[2]);
            dense.dropout(dHidden, 0.1f, step);
            dense.activateBackward(dHidden, hidden, Activation.RELU);
            dense.weightBackward(views[4], x, dHidden);
            dense.biasBackward(views[5], dHidden);
            backend.optimizer().adamW(parameters, gradients, m, v, layout, adam);
        }
    }

    static float[] train(int threads, int steps) {
        try (SmallCohort cohort = new SmallCohort(threads)) {
            cohort.steps(steps);
            return cohort.backend.download(cohort.parameters);
        }
    }

    /** Each student's task loss in the step after so many. */
    static float[] losses(int threads, int steps) {
        try (SmallCohort cohort = new SmallCohort(threads)) {
            cohort.steps(steps);
            cohort.backend.fill(cohort.totals, 0f);
            cohort.steps(1);
            float[] totals = cohort.backend.download(cohort.totals);
            float[] losses = new float[STUDENTS];
            for (int s = 0; s < STUDENTS; s++) {
                losses[s] = totals[2 * s] / BATCH;
            }
            return losses;
        }
    }

    @Override
    public void close() {
        arena.close();
        backend.close();
    }
}
