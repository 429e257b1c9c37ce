package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Feature-wise linear modulation (FiLM, Perez et al. 2018, arXiv 1709.07871): {@code gamma * h + beta} feature by feature,
 * with {@code h = x_1 P + b} of the first representation and {@code gamma}, {@code beta} affine maps of the others. Of more
 * than two representations, all but the first modulate together: {@code gamma = c + sum over j > 1 of x_j A_j}, and
 * {@code beta} alike. {@code gamma}'s bias starts at 1, so that training begins near {@code h} itself.
 *
 * <p>The order of the modalities matters. Cost: {@code width * (d_1 + 2 (sum of the other d_j) + 3)} parameters.
 */
public final class FilmFusion extends ProjectedFusion {

    public static final String NAME = "film";

    /** Width 64. */
    public FilmFusion() {
        this(USUAL_WIDTH);
    }

    public FilmFusion(int width) {
        super(NAME, width);
    }

    /** What is modulated, its scale, its shift. */
    @Override
    List<InputMap> maps(List<Integer> widths) {
        InputMap modulation = InputMap.dense(InputMap.range(1, widths.size()), widths, width());
        double spread = modulation.bias().spread();
        return List.of(
                InputMap.projection(0, widths, width()),
                modulation.withBias(new InitialValues(1, spread)),
                modulation.startingTheTerm());
    }

    @Override
    Blend blend(FusionBinding binding) {
        GateKernels gates = binding.backend().gates();
        return new Blend() {
            @Override
            public void forward(List<Tensor> values, Tensor term) {
                gates.addGated(term, values.get(0), values.get(1));
            }

            @Override
            public void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values) {
                gates.gate(dValues.get(0), dTerm, values.get(1));
                gates.gate(dValues.get(1), dTerm, values.get(0));
            }
        };
    }

    @Override
    RowBlend rowBlend(int inputs) {
        return (values, term) -> {
            for (int j = 0; j < term.length; j++) {
                term[j] += values[0][j] * values[1][j];
            }
        };
    }
}
