package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/** The maps of a {@link ProjectedFusion}, their blend and its product with the head's weights, forward and backward. */
final class ProjectedPass implements FusionPass {

    /** One map's parameters, value and, in training, gradients. */
    private record BoundMap(
            InputMap map,
            int firstBlock,
            Tensor value,
            @Nullable Tensor dValue) {}

    private final FusionBinding binding;
    private final DenseKernels dense;
    private final ProjectedFusion.Blend blend;
    private final List<BoundMap> maps = new ArrayList<>();
    private final Tensor term;
    private final @Nullable Tensor dTerm;
    private final List<Tensor> values;
    private final List<Tensor> dValues;
    private final List<@Nullable Tensor> parts;

    ProjectedPass(FusionBinding binding, List<InputMap> maps, int width, ProjectedFusion.Blend blend) {
        this.binding = binding;
        this.dense = binding.backend().dense();
        this.blend = blend;
        boolean trains = !binding.parameters().gradients().isEmpty();
        term = binding.zeros(width);
        dTerm = trains ? binding.zeros(width) : null;
        int block = 0;
        for (InputMap map : maps) {
            Tensor value = map.startsTerm() ? term : binding.zeros(map.width());
            Tensor dValue = map.startsTerm() || !trains ? dTerm : binding.zeros(map.width());
            this.maps.add(new BoundMap(map, block, value, dValue));
            block += map.sources().size() + 1;
        }
        values = this.maps.stream().map(BoundMap::value).toList();
        dValues = trains
                ? this.maps.stream()
                        .map(m -> Objects.requireNonNull(m.dValue()))
                        .toList()
                : List.of();
        parts = new ArrayList<>(java.util.Collections.nCopies(binding.inputs().size(), null));
    }

    private Tensor parameter(int block) {
        return binding.parameters().values().get(block);
    }

    private Tensor gradient(int block) {
        return binding.parameters().gradients().get(block);
    }

    @Override
    public void forward(Tensor y, List<Tensor> weights) {
        for (BoundMap bound : maps) {
            List<Integer> sources = bound.map().sources();
            dense.bias(bound.value(), parameter(bound.firstBlock() + sources.size()));
            for (int i = 0; i < sources.size(); i++) {
                Tensor input = binding.inputs().get(sources.get(i));
                dense.multiply(bound.value(), input, parameter(bound.firstBlock() + i));
            }
        }
        blend.forward(values, term);
        dense.multiply(y, term, weights.get(0));
    }

    @Override
    public void backward(Tensor dY, List<Tensor> weights, List<Tensor> dWeights, List<Tensor> dInputs) {
        Tensor gradient = Objects.requireNonNull(dTerm, "the pass was bound without gradients");
        dense.weightBackward(dWeights.get(0), term, dY);
        dense.inputBackward(gradient, dY, weights.get(0));
        blend.backward(dValues, gradient, values);
        boolean[] written = new boolean[dInputs.size()];
        for (int m = 0; m < maps.size(); m++) {
            List<Integer> sources = maps.get(m).map().sources();
            int block = maps.get(m).firstBlock();
            dense.biasBackward(gradient(block + sources.size()), dValues.get(m));
            for (int i = 0; i < sources.size(); i++) {
                int source = sources.get(i);
                dense.weightBackward(gradient(block + i), binding.inputs().get(source), dValues.get(m));
                if (binding.trained().contains(source)) {
                    addInputGradient(
                            dInputs.get(source), source, written[source], dValues.get(m), parameter(block + i));
                    written[source] = true;
                }
            }
        }
    }

    private void addInputGradient(Tensor dInput, int source, boolean written, Tensor dValue, Tensor w) {
        Tensor to = written ? part(source) : dInput;
        dense.inputBackward(to, dValue, w);
        if (written) {
            dense.add(dInput, to);
        }
    }

    private Tensor part(int source) {
        Tensor part = parts.get(source);
        if (part == null) {
            part = binding.zeros(binding.inputs().get(source).cols());
            parts.set(source, part);
        }
        return part;
    }
}
