package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * A few steps of training on a few tensors that are written again and again: every call depends on earlier ones, and
 * gathers, uploads and fills overwrite what queued calls have still to read. The arrays given to gather and upload are
 * scribbled over as soon as the call returns.
 *
 * <p>Run with and without waiting after each call, with more or fewer threads, the results must have the same bits.
 */
final class CohortProgram {

    /**
     * How large, and who.
     *
     * @param n rows of a batch
     * @param members the cohort; its first student has no second layer of its own and learns from a filled one
     */
    record Scale(int n, int in, int hidden, int out, Members members) {}

    private static final int DATA_ROWS = 90;

    private final TensorBackend backend;
    private final Scale scale;
    private final boolean waiting;
    private final Random random = new Random(5);
    private final Tensor data;
    private final Tensor labelsOfAll;
    private final Tensor x;
    private final Tensor labels;
    private final Tensor weights;
    private final Tensor divergence;
    private final Tensor totals;
    private final Tensor hidden;
    private final Tensor dHidden;
    private final Tensor fused;
    private final Tensor dPeer;
    private final Tensor out;
    private final Tensor dOut;
    private final Tensor peer;
    private final Tensor parameters;
    private final Tensor gradients;
    private final Tensor m;
    private final Tensor v;
    private final Tensor best;
    private final ParameterLayout layout;
    private final List<Tensor> layers = new ArrayList<>();
    private final List<Tensor> dLayers = new ArrayList<>();
    private final float[] staging;

    private CohortProgram(TensorBackend backend, TensorArena arena, Scale scale, boolean waiting) {
        this.backend = backend;
        this.scale = scale;
        this.waiting = waiting;
        Members all = scale.members;
        int n = scale.n;
        data = MatrixStack.random(Members.SHARED, DATA_ROWS, scale.in, random).upload(backend, arena);
        Matrix classes = Matrix.zeros(DATA_ROWS, 1).map(ignored -> random.nextInt(scale.out));
        labelsOfAll = MatrixStack.shared(classes).upload(backend, arena);
        x = arena.zeros(Members.SHARED, n, scale.in);
        labels = arena.zeros(Members.SHARED, n, 1);
        weights = arena.zeros(all, n, 1);
        divergence = arena.zeros(Members.SHARED, all.count(), all.count());
        totals = arena.zeros(all, 1, 2);
        hidden = arena.zeros(all, n, scale.hidden);
        dHidden = arena.zeros(all, n, scale.hidden);
        peer = arena.zeros(all, n, scale.hidden);
        dPeer = arena.zeros(all, n, scale.hidden);
        fused = arena.zeros(all, n, 2 * scale.hidden);
        out = arena.zeros(all, n, scale.out);
        dOut = arena.zeros(all, n, scale.out);
        staging = new float[all.count() * n];

        int[] sizes = {scale.in * scale.hidden, scale.hidden, 2 * scale.hidden * scale.out, scale.out};
        int each = IntStream.of(sizes).sum();
        MatrixStack initial = MatrixStack.random(Members.SHARED, 1, each * all.count(), random);
        parameters = MatrixStack.shared(initial.matrix(0).map(p -> (float) (0.3 * p)))
                .upload(backend, arena);
        gradients = arena.zeros(Members.SHARED, 1, each * all.count());
        m = arena.zeros(Members.SHARED, 1, each * all.count());
        v = arena.zeros(Members.SHARED, 1, each * all.count());
        best = arena.zeros(Members.SHARED, 1, each * all.count());
        layout = new ParameterLayout(
                all,
                IntStream.range(0, 2 * all.count()).map(i -> (i + 1) / 2 * each).toArray());
        int[][] shapes = {{scale.in, scale.hidden}, {1, scale.hidden}, {2 * scale.hidden, scale.out}, {1, scale.out}};
        int offset = 0;
        for (int i = 0; i < sizes.length; i++) {
            int from = offset;
            int[] offsets =
                    IntStream.range(0, all.count()).map(s -> s * each + from).toArray();
            layers.add(arena.view(parameters, offsets, all, shapes[i][0], shapes[i][1]));
            dLayers.add(arena.view(gradients, offsets, all, shapes[i][0], shapes[i][1]));
            offset += sizes[i];
        }
    }

    /** Everything the program leaves behind, one array after the other. */
    static float[] run(TensorBackend backend, Scale scale, boolean waiting) {
        try (TensorArena arena = backend.openArena("program")) {
            CohortProgram program = new CohortProgram(backend, arena, scale, waiting);
            for (int t = 1; t <= 25; t++) {
                if (t % 3 != 2) {
                    program.batch();
                }
                program.forward(t);
                program.backward();
                program.update(t);
            }
            return program.results();
        }
    }

    private void batch() {
        int[] rows = random.ints(scale.n + 3, 0, DATA_ROWS).toArray();
        then(() -> backend.gather(x, data, rows, 2));
        then(() -> backend.gather(labels, labelsOfAll, rows, 2));
        Arrays.fill(rows, 0);
        for (int i = 0; i < staging.length; i++) {
            staging[i] = random.nextInt(8) == 0 ? 0 : 1;
        }
        then(() -> backend.upload(weights, staging));
        Arrays.fill(staging, Float.NaN);
        then(() -> backend.fill(divergence, 0.25f + 0.5f * random.nextInt(2)));
    }

    private void forward(int t) {
        var dense = backend.dense();
        then(() -> dense.bias(hidden, layers.get(1)));
        then(() -> dense.multiply(hidden, x, layers.get(0)));
        then(() -> dense.activate(hidden, Activation.RELU));
        then(() -> dense.dropout(hidden, 0.2f, t));
        then(() -> dense.bias(peer, layers.get(1)));
        then(() -> dense.multiply(peer, x, layers.get(0)));
        then(() -> backend.fusion().productForward(fused, hidden, peer));
        then(() -> dense.bias(out, layers.get(3)));
        then(() -> dense.multiply(out, fused, layers.get(2)));
    }

    private void backward() {
        var dense = backend.dense();
        MutualTerm mutual = new MutualTerm(divergence, 0.7f, 2);
        then(() -> backend.loss().classification(dOut, totals, out, labels, weights, mutual));
        then(() -> dense.biasBackward(dLayers.get(3), dOut));
        then(() -> dense.weightBackward(dLayers.get(2), fused, dOut));
        then(() -> dense.inputBackward(fused, dOut, layers.get(2)));
        then(() -> backend.fusion().productBackward(dHidden, dPeer, fused, hidden, peer));
        then(() -> dense.activateBackward(dHidden, hidden, Activation.RELU));
        then(() -> dense.biasBackward(dLayers.get(1), dHidden));
        then(() -> dense.weightBackward(dLayers.get(0), x, dHidden));
    }

    private void update(int t) {
        AdamW step = AdamW.of(0.01f, 0.01f, t);
        then(() -> backend.optimizer().adamW(parameters, gradients, m, v, layout, step));
        if (t % 4 == 0) {
            then(() -> backend.fill(x, -1));
            then(() -> backend.fill(gradients, 0.125f));
        }
        if (t % 6 == 0) {
            then(() -> backend.optimizer().copy(best, parameters, layout));
        }
        if (t % 10 == 0) {
            then(() -> backend.optimizer().copy(parameters, best, layout));
            then(() -> backend.fill(totals, 0));
        }
        if (t % 7 == 0) {
            backend.download(totals);
        }
    }

    private void then(Runnable call) {
        call.run();
        if (waiting) {
            backend.synchronize();
        }
    }

    private float[] results() {
        List<float[]> parts = new ArrayList<>();
        for (Tensor tensor : List.of(parameters, m, v, best, totals, out, dOut, hidden, dHidden, dPeer, fused, x)) {
            parts.add(backend.download(tensor));
        }
        float[] results = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, results, at, part.length);
            at += part.length;
        }
        return results;
    }
}
