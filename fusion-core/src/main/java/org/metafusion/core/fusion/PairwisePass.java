package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Integer, Tensor> parts = new HashMap<>();

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
    public void backward(List<Tensor> dTerms, List<Tensor> dInputs) {
        boolean[] written = new boolean[inputs.size()];
        for (int p = 0; p < pairs.size(); p++) {
            Pair pair = pairs.get(p);
            Tensor dX = written[pair.left()] ? part(pair.left()) : dInputs.get(pair.left());
            Tensor dY = written[pair.right()] ? part(pair.right()) : dInputs.get(pair.right());
            kernel.backward(dX, dY, dTerms.get(p), inputs.get(pair.left()), inputs.get(pair.right()));
            collect(dInputs.get(pair.left()), dX);
            collect(dInputs.get(pair.right()), dY);
            written[pair.left()] = true;
            written[pair.right()] = true;
        }
    }

    private Tensor part(int input) {
        return parts.computeIfAbsent(
                input,
                i -> arena.zeros(members, inputs.get(i).rows(), inputs.get(i).cols()));
    }

    private void collect(Tensor sum, Tensor part) {
        if (part != sum) {
            kernel.add(sum, part);
        }
    }
}
