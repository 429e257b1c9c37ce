package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/**
 * The mean of the representations, each projected to one width: {@code 1/M (b + sum over m of x_m P_m)}, with one bias
 * for all. Linear; a bottleneck of {@code width} features before the head.
 *
 * <p>Cost: {@code width * (sum of d_m + 1)} parameters.
 */
public final class MeanFusion extends ProjectedFusion {

    public static final String NAME = "mean";

    /** Width 64. */
    public MeanFusion() {
        this(USUAL_WIDTH);
    }

    public MeanFusion(int width) {
        super(NAME, width);
    }

    /** One map of all, each part of which starts as a dense layer of its own. */
    @Override
    List<InputMap> maps(List<Integer> widths) {
        List<InitialValues> each = widths.stream().map(InitialValues::ofFanIn).toList();
        InitialValues bias =
                InitialValues.ofFanIn(widths.stream().mapToInt(d -> d).sum());
        return List.of(new InputMap(InputMap.range(0, widths.size()), width(), each, bias, true));
    }

    @Override
    Blend blend(FusionBinding binding) {
        Tensor share = binding.arena().zeros(Members.SHARED, binding.rows(), 1);
        binding.backend().fill(share, 1f / binding.inputs().size());
        return new Blend() {
            @Override
            public void forward(List<Tensor> values, Tensor term) {
                binding.backend().gates().gateRows(term, term, share, 0);
            }

            @Override
            public void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values) {
                binding.backend().gates().gateRows(dTerm, dTerm, share, 0);
            }
        };
    }

    @Override
    RowBlend rowBlend(int inputs) {
        float share = 1f / inputs;
        return (values, term) -> {
            for (int j = 0; j < term.length; j++) {
                term[j] *= share;
            }
        };
    }
}
