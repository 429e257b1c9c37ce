package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * Random calls on a handful of square matrices with differing members, some of them views inside one buffer, so that
 * every order of reading after writing, writing after reading and writing again turns up, within a student's matrices
 * and, by the losses, across students. In a tangled program views of different students overlap as well.
 */
final class RandomProgram {

    private static final int SIDE = 4;
    private static final int AREA = SIDE * SIDE;
    private static final Members ALL = Members.of(0, 1, 2, 4);
    private static final Members SOME = Members.of(1, 4);

    private final TensorBackend backend;
    private final TensorArena arena;
    private final boolean waiting;
    private final boolean tangled;
    private final Random random;
    private final Tensor[] flats;
    private final Tensor m;
    private final Tensor v;
    private final Tensor labels;
    private final Tensor weights;
    private final Tensor totals;
    private final Tensor factors;

    /** Tensors by the memory they lie in; the first ones are the buffers' views. */
    private final List<List<Tensor>> places = new ArrayList<>();

    /** What to run: {@code calls} calls drawn from {@code seed}. */
    record Script(long seed, int calls, boolean tangled) {}

    private RandomProgram(TensorBackend backend, TensorArena arena, Script script, boolean waiting) {
        this.backend = backend;
        this.arena = arena;
        this.waiting = waiting;
        this.tangled = script.tangled;
        this.random = new Random(script.seed);
        this.flats = new Tensor[] {tensor(Members.SHARED, 1, 4 * AREA), tensor(Members.SHARED, 1, 4 * AREA)};
        this.m = tensor(Members.SHARED, 1, 4 * AREA);
        this.v = tensor(Members.SHARED, 1, 4 * AREA);
        Matrix classes = Matrix.zeros(SIDE, 1).map(ignored -> random.nextInt(SIDE));
        this.labels = MatrixStack.shared(classes).upload(backend, arena);
        this.weights = MatrixStack.of(ALL, s -> Matrix.zeros(SIDE, 1).map(ignored -> random.nextInt(2)))
                .upload(backend, arena);
        this.totals = tensor(ALL, 1, 2);
        this.factors = tensor(ALL, 1, 1);
        for (Tensor flat : flats) {
            places.add(views(flat));
        }
        for (Members members : List.of(ALL, ALL, ALL, SOME, Members.SHARED, Members.SHARED)) {
            places.add(List.of(tensor(members, SIDE, SIDE)));
        }
    }

    private Tensor tensor(Members members, int rows, int cols) {
        return MatrixStack.random(members, rows, cols, random).upload(backend, arena);
    }

    private List<Tensor> views(Tensor flat) {
        List<Tensor> views = new ArrayList<>();
        views.add(arena.view(flat, new int[] {0, AREA, 2 * AREA, 3 * AREA}, ALL, SIDE, SIDE));
        views.add(arena.view(flat, new int[] {AREA, 3 * AREA}, SOME, SIDE, SIDE));
        if (tangled) {
            views.add(arena.view(flat, new int[] {AREA / 2, 5 * AREA / 2}, SOME, SIDE, SIDE));
            views.add(arena.view(flat, new int[] {AREA + 3}, Members.SHARED, SIDE, SIDE));
        }
        return views;
    }

    /** What all tensors hold after the script, with or without waiting after each call. */
    static float[] run(TensorBackend backend, Script script, boolean waiting) {
        try (TensorArena arena = backend.openArena("random program")) {
            RandomProgram program = new RandomProgram(backend, arena, script, waiting);
            for (int i = 0; i < script.calls; i++) {
                program.call();
                if (waiting) {
                    backend.synchronize();
                }
            }
            return program.results();
        }
    }

    /** One call, of a kind that fits operands of different memory drawn before; seldom one that moves data. */
    private void call() {
        List<Tensor> operands = operands();
        Tensor y = operands.get(0);
        Tensor x = operands.get(1);
        Tensor w = operands.get(2);
        switch (random.nextInt(20)) {
            case 0 -> backend.fill(y, random.nextFloat());
            case 1 -> upload(y);
            case 2 -> gather(y, x);
            case 3 -> backend.dense().activate(y, Activation.RELU);
            case 4 -> backend.dense().dropout(y, 0.3f, random.nextLong());
            case 5, 6, 7, 8 -> multiply(y, x, w);
            case 9, 10, 11 -> inputBackward(y, x, w);
            case 12 -> elementWise(y, x);
            case 13, 14 -> adamW();
            case 15 -> buffers();
            default -> loss(y, x, w);
        }
    }

    private void multiply(Tensor y, Tensor x, Tensor w) {
        boolean owned = !y.members().isShared() && !w.members().isShared();
        if (owned && y.members().covers(w.members()) && x.members().covers(w.members())) {
            backend.dense().multiply(y, x, w);
        }
    }

    private void inputBackward(Tensor dX, Tensor dY, Tensor w) {
        boolean owned = !dX.members().isShared();
        if (owned && dY.members().covers(dX.members()) && w.members().covers(dX.members())) {
            backend.dense().inputBackward(dX, dY, w);
        }
    }

    private void elementWise(Tensor y, Tensor x) {
        if (y.members().isShared() || !x.members().covers(y.members())) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> backend.dense().activateBackward(y, x, Activation.RELU);
            case 1 -> backend.gates().gate(y, x, x);
            case 2 -> backend.gates().gateRowsBackward(y, random.nextInt(SIDE), x, x);
            default -> backend.dense().add(y, x);
        }
    }

    /** A loss of the whole cohort, which reads what every student has written; divergence weights may be negative. */
    private void loss(Tensor dOutputs, Tensor outputs, Tensor shared) {
        if (!dOutputs.members().equals(ALL) || !outputs.members().equals(ALL)) {
            return;
        }
        Tensor divergence = shared.members().isShared()
                ? shared
                : places.get(places.size() - 1).get(0);
        MutualTerm mutual = new MutualTerm(divergence, 0.5f, 1 + random.nextInt(2));
        if (random.nextBoolean()) {
            backend.loss().classification(dOutputs, totals, outputs, labels, weights, mutual);
        } else {
            Tensor targets = places.get(places.size() - 2).get(0);
            backend.loss().regression(dOutputs, totals, outputs, targets, weights, mutual);
        }
    }

    private void buffers() {
        switch (random.nextInt(3)) {
            case 0 -> backend.optimizer().copy(flats[0], flats[1], layout());
            case 1 -> backend.optimizer().rescale(flats[0], flats[1], factors, layout());
            default -> backend.optimizer().addNoise(flats[1], layout(), random.nextLong());
        }
    }

    private void adamW() {
        int parameters = random.nextInt(2);
        AdamW step = AdamW.of(0.1f, 0.01f, 1 + random.nextInt(5));
        backend.optimizer().adamW(flats[parameters], flats[1 - parameters], m, v, layout(), step);
    }

    /** Three tensors of different memory. */
    private List<Tensor> operands() {
        List<Tensor> operands = new ArrayList<>();
        for (int place : random.ints(0, places.size()).distinct().limit(3).toArray()) {
            List<Tensor> here = places.get(place);
            operands.add(here.get(random.nextInt(here.size())));
        }
        return operands;
    }

    private void upload(Tensor target) {
        float[] values = new float[target.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        backend.upload(target, values);
        Arrays.fill(values, Float.NaN);
    }

    private void gather(Tensor out, Tensor source) {
        if (out.members().equals(source.members())) {
            int[] rows = random.ints(SIDE + 1, 0, SIDE).toArray();
            backend.gather(out, source, rows, 1);
            Arrays.fill(rows, 0);
        }
    }

    private ParameterLayout layout() {
        return tangled && random.nextBoolean()
                ? new ParameterLayout(SOME, new int[] {2 * AREA, 3 * AREA, 5, AREA + 7})
                : new ParameterLayout(ALL, new int[] {0, AREA, AREA, 2 * AREA, 2 * AREA, 3 * AREA, 3 * AREA, 4 * AREA});
    }

    private float[] results() {
        List<Tensor> all = new ArrayList<>(Arrays.asList(flats));
        all.addAll(List.of(m, v, totals));
        places.subList(flats.length, places.size()).forEach(all::addAll);
        float[] results = new float[all.stream().mapToInt(Tensor::size).sum()];
        int at = 0;
        for (Tensor tensor : all) {
            float[] values = backend.download(tensor);
            System.arraycopy(values, 0, results, at, values.length);
            at += values.length;
        }
        return results;
    }
}
