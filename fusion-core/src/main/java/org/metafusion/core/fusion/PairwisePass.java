package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.tensor.Tensor;

/** A pass that fuses every pair of its inputs into one term; an input's gradient is the sum over its pairs. */
final class PairwisePass implements FusionPass {

    /** Makes the term of a pair. */
    interface Pairing {
        PairTerm of(Tensor left, Tensor right);
    }

    private record Pair(int left, int right, PairTerm term) {}

    private final FusionBinding binding;
    private final List<Pair> pairs = new ArrayList<>();
    private final Map<Integer, Tensor> parts = new HashMap<>();

    PairwisePass(FusionBinding binding, Pairing pairing) {
        this.binding = binding;
        List<Tensor> inputs = binding.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            for (int j = i + 1; j < inputs.size(); j++) {
                pairs.add(new Pair(i, j, pairing.of(inputs.get(i), inputs.get(j))));
            }
        }
    }

    @Override
    public void forward(Tensor y, List<Tensor> weights) {
        for (int p = 0; p < pairs.size(); p++) {
            pairs.get(p).term().forward(y, weights.get(p));
        }
    }

    @Override
    public void backward(Tensor dY, List<Tensor> weights, List<Tensor> dWeights, List<Tensor> dInputs) {
        for (int p = 0; p < pairs.size(); p++) {
            pairs.get(p).term().weightBackward(dWeights.get(p), dY);
        }
        if (!dInputs.isEmpty()) {
            inputBackward(dInputs, dY, weights);
        }
    }

    private void inputBackward(List<Tensor> dInputs, Tensor dY, List<Tensor> weights) {
        boolean[] written = new boolean[dInputs.size()];
        for (int p = 0; p < pairs.size(); p++) {
            Pair pair = pairs.get(p);
            Tensor dLeft = written[pair.left()] ? part(pair.left()) : dInputs.get(pair.left());
            Tensor dRight = written[pair.right()] ? part(pair.right()) : dInputs.get(pair.right());
            pair.term().inputBackward(dLeft, dRight, dY, weights.get(p));
            collect(dInputs.get(pair.left()), dLeft);
            collect(dInputs.get(pair.right()), dRight);
            written[pair.left()] = true;
            written[pair.right()] = true;
        }
    }

    private Tensor part(int input) {
        return parts.computeIfAbsent(
                input,
                i -> binding.arena()
                        .zeros(
                                binding.members(),
                                binding.rows(),
                                binding.inputs().get(i).cols()));
    }

    private void collect(Tensor sum, Tensor part) {
        if (part != sum) {
            binding.backend().dense().add(sum, part);
        }
    }
}
