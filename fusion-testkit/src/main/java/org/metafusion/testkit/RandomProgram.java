package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * Random calls on a handful of square matrices with differing members, some of them views that overlap across students
 * inside one buffer, so that every order of reading after writing, writing after reading and writing again turns up.
 */
final class RandomProgram {

    private static final int SIDE = 4;
    private static final int AREA = SIDE * SIDE;
    private static final Members ALL = Members.of(0, 1, 2, 4);
    private static final Members SOME = Members.of(1, 4);

    private final TensorBackend backend;
    private final boolean waiting;
    private final Random random;
    private final Tensor[] flats;
    private final List<Tensor> moments;

    /** Tensors by the memory they lie in; the first ones are the buffers' views. */
    private final List<List<Tensor>> places = new ArrayList<>();

    private RandomProgram(TensorBackend backend, TensorArena arena, boolean waiting, long seed) {
        this.backend = backend;
        this.waiting = waiting;
        this.random = new Random(seed);
        this.flats = new Tensor[] {buffer(arena), buffer(arena)};
        this.moments = List.of(buffer(arena), buffer(arena));
        for (Tensor flat : flats) {
            places.add(List.of(
                    arena.view(flat, new int[] {0, AREA, 2 * AREA, 3 * AREA}, ALL, SIDE, SIDE),
                    arena.view(flat, new int[] {AREA, 3 * AREA}, SOME, SIDE, SIDE),
                    arena.view(flat, new int[] {AREA / 2, 5 * AREA / 2}, SOME, SIDE, SIDE),
                    arena.view(flat, new int[] {AREA + 3}, Members.SHARED, SIDE, SIDE)));
        }
        for (Members members : List.of(ALL, ALL, SOME, Members.SHARED, Members.SHARED)) {
            places.add(List.of(MatrixStack.random(members, SIDE, SIDE, random).upload(backend, arena)));
        }
    }

    private Tensor buffer(TensorArena arena) {
        return MatrixStack.random(Members.SHARED, 1, 4 * AREA, random).upload(backend, arena);
    }

    /** What all tensors hold after so many calls. */
    static float[] run(TensorBackend backend, boolean waiting, long seed, int calls) {
        try (TensorArena arena = backend.openArena("random program")) {
            RandomProgram program = new RandomProgram(backend, arena, waiting, seed);
            for (int i = 0; i < calls; i++) {
                program.call();
                if (waiting) {
                    backend.synchronize();
                }
            }
            return program.results();
        }
    }

    private void call() {
        List<Tensor> operands = operands();
        Tensor y = operands.get(0);
        Tensor x = operands.get(1);
        Tensor w = operands.get(2);
        boolean own = !y.members().isShared();
        boolean fits = own && x.members().covers(y.members());
        boolean termFits = own && !w.members().isShared() && y.members().covers(w.members());
        switch (random.nextInt(11)) {
            case 0 -> backend.fill(y, random.nextFloat());
            case 1 -> upload(y);
            case 2 -> gather(y, x);
            case 3 -> backend.dense().activate(y, Activation.RELU);
            case 4 -> backend.dense().dropout(y, 0.3f, random.nextLong());
            case 5, 6 -> {
                if (termFits && x.members().covers(w.members())) {
                    backend.dense().multiply(y, x, w);
                }
            }
            case 7 -> {
                if (fits && w.members().covers(y.members())) {
                    backend.dense().inputBackward(y, x, w);
                }
            }
            case 8 -> {
                if (fits) {
                    backend.dense().activateBackward(y, x, Activation.RELU);
                }
            }
            case 9 -> backend.optimizer().copy(flats[0], flats[1], layout());
            default -> {
                Tensor gradient = flats[random.nextInt(2)];
                Tensor parameters = gradient == flats[0] ? flats[1] : flats[0];
                adamW(parameters, gradient);
            }
        }
    }

    /** From moments of zero, so that the parameters move by a bounded amount whatever the gradient is. */
    private void adamW(Tensor parameters, Tensor gradient) {
        backend.fill(moments.get(0), 0);
        backend.fill(moments.get(1), 0);
        backend.optimizer()
                .adamW(parameters, gradient, moments.get(0), moments.get(1), layout(), AdamW.of(0.1f, 0.01f, 1));
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
        return random.nextBoolean()
                ? new ParameterLayout(ALL, new int[] {0, AREA, AREA, 2 * AREA, 2 * AREA, 3 * AREA, 3 * AREA, 4 * AREA})
                : new ParameterLayout(SOME, new int[] {2 * AREA, 3 * AREA, 5, AREA + 7});
    }

    private float[] results() {
        List<Tensor> all = new ArrayList<>(Arrays.asList(flats));
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
