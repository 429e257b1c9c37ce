package org.metafusion.core.fusion;

import java.util.List;
import java.util.stream.Stream;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The gated sum (after GMU, Arevalo et al. 2017, arXiv 1702.01992): {@code sum over m of h_m * g_m} element by element,
 * with {@code h_m = x_m P_m + b_m} and a gate a feature, {@code g_m = sigmoid(c_m + sum over j of x_j G_jm)}, that sees all
 * representations. With two modalities GMU has {@code g_2 = 1 - g_1}; here gates are independent, for any number.
 *
 * <p>Cost: {@code width * (M + 1) * (sum of d_m) + 2 M width} parameters for {@code M} modalities.
 */
public final class GatedFusion extends ProjectedFusion {

    public static final String NAME = "gated";

    /** Width 64. */
    public GatedFusion() {
        this(USUAL_WIDTH);
    }

    public GatedFusion(int width) {
        super(NAME, width);
    }

    /** The projections, then the gates. */
    @Override
    List<InputMap> maps(List<Integer> widths) {
        List<Integer> all = InputMap.range(0, widths.size());
        return Stream.concat(
                        all.stream().map(m -> InputMap.projection(m, widths, width())),
                        all.stream().map(m -> InputMap.dense(all, widths, width())))
                .toList();
    }

    @Override
    Blend blend(FusionBinding binding) {
        return new Gates(binding.backend(), binding.inputs().size());
    }

    private record Gates(TensorBackend backend, int count) implements Blend {

        @Override
        public void forward(List<Tensor> values, Tensor term) {
            for (int m = 0; m < count; m++) {
                Tensor gate = values.get(count + m);
                backend.dense().activate(gate, Activation.SIGMOID);
                if (m == 0) {
                    backend.gates().gate(term, values.get(0), gate);
                } else {
                    backend.gates().addGated(term, values.get(m), gate);
                }
            }
        }

        @Override
        public void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values) {
            for (int m = 0; m < count; m++) {
                Tensor gate = values.get(count + m);
                Tensor dGate = dValues.get(count + m);
                backend.gates().gate(dValues.get(m), dTerm, gate);
                backend.gates().gate(dGate, dTerm, values.get(m));
                backend.dense().activateBackward(dGate, gate, Activation.SIGMOID);
            }
        }
    }

    @Override
    RowBlend rowBlend(int inputs) {
        return (values, term) -> {
            for (int j = 0; j < term.length; j++) {
                float sum = 0f;
                for (int m = 0; m < inputs; m++) {
                    sum += values[m][j] * (float) (1 / (1 + Math.exp(-values[inputs + m][j])));
                }
                term[j] = sum;
            }
        };
    }
}
