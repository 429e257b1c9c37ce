package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;

/** A pass that fuses every pair of its inputs into one term; an input's gradient is the sum over its pairs. */
final class PairwisePass implements FusionPass {

    /** A fusion of two representations. */
    interface Kernel {
        int width(int left, int right);

        void forward(Tensor fused, Tensor x, Tensor y);

        void backward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y);

        void add(Tensor sum, Tensor part);
    }

    private record Pair(int left, int right, Tensor fused) {}

    private final TensorArena arena;
    private final Members members;
    private final List<Tensor> inputs;
    private final Kernel kernel;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Tensor> dInputs = new ArrayList<>();
    private final List<Tensor> parts = new ArrayList<>();

    PairwisePass(TensorArena arena, Members members, List<Tensor> inputs, Kernel kernel) {
        this.arena = arena;
        this.members = members;
        this.inputs = List.copyOf(inputs);
        this.kernel = kernel;
        for (int i = 0; i < inputs.size(); i++) {
            for (int j = i + 1; j < inputs.size(); j++) {
                int width = kernel.width(inputs.get(i).cols(), inputs.get(j).cols());
                pairs.add(new Pair(i, j, arena.zeros(members, inputs.get(i).rows(), width)));
            }
        }
    }

    @Override
    public List<Tensor> terms() {
        return pairs.stream().map(Pair::fused).toList();
    }

    @Override
    public void forward() {
        for (Pair pair : pairs) {
            kernel.forward(pair.fused(), inputs.get(pair.left()), inputs.get(pair.right()));
        }
    }

    @Override
    public List<Tensor> backward(List<Tensor> dTerms) {
        allocateGradients();
        boolean[] written = new boolean[inputs.size()];
        for (int p = 0; p < pairs.size(); p++) {
            Pair pair = pairs.get(p);
            Tensor dX = target(pair.left(), written);
            Tensor dY = target(pair.right(), written);
            kernel.backward(dX, dY, dTerms.get(p), inputs.get(pair.left()), inputs.get(pair.right()));
            collect(pair.left(), dX, written);
            collect(pair.right(), dY, written);
        }
        return dInputs;
    }

    private void allocateGradients() {
        if (dInputs.isEmpty()) {
            for (Tensor input : inputs) {
                dInputs.add(arena.zeros(members, input.rows(), input.cols()));
                parts.add(arena.zeros(members, input.rows(), input.cols()));
            }
        }
    }

    private Tensor target(int input, boolean[] written) {
        return written[input] ? parts.get(input) : dInputs.get(input);
    }

    private void collect(int input, Tensor part, boolean[] written) {
        if (written[input]) {
            kernel.add(dInputs.get(input), part);
        }
        written[input] = true;
    }
}
