package org.metafusion.core.fusion;

import java.util.List;
import java.util.stream.Stream;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The attention sum: {@code sum over m of a_m h_m} with {@code h_m = x_m P_m + b_m} and one weight a modality and row,
 * {@code a = softmax over modalities of (c + sum over j of x_j S_j)}, whose scores see all representations.
 *
 * <p>Cost: {@code (width + M) * (sum of d_m) + M (width + 1)} parameters for {@code M} modalities.
 */
public final class AttentionFusion extends ProjectedFusion {

    public static final String NAME = "attention";

    /** Width 64. */
    public AttentionFusion() {
        this(USUAL_WIDTH);
    }

    public AttentionFusion(int width) {
        super(NAME, width);
    }

    /** The projections, then the scores, a column a modality. */
    @Override
    List<InputMap> maps(List<Integer> widths) {
        List<Integer> all = InputMap.range(0, widths.size());
        return Stream.concat(
                        all.stream().map(m -> InputMap.projection(m, widths, width())),
                        Stream.of(InputMap.dense(all, widths, all.size())))
                .toList();
    }

    @Override
    Blend blend(FusionBinding binding) {
        return new Attention(binding.backend(), binding.inputs().size(), binding.zeros(width()));
    }

    /** @param part one modality's share of the term */
    private record Attention(TensorBackend backend, int count, Tensor part) implements Blend {

        @Override
        public void forward(List<Tensor> values, Tensor term) {
            Tensor weights = values.get(count);
            backend.dense().activate(weights, Activation.SOFTMAX);
            backend.gates().gateRows(term, values.get(0), weights, 0);
            for (int m = 1; m < count; m++) {
                backend.gates().gateRows(part, values.get(m), weights, m);
                backend.dense().add(term, part);
            }
        }

        @Override
        public void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values) {
            Tensor weights = values.get(count);
            Tensor dWeights = dValues.get(count);
            for (int m = 0; m < count; m++) {
                backend.gates().gateRows(dValues.get(m), dTerm, weights, m);
                backend.gates().gateRowsBackward(dWeights, m, dTerm, values.get(m));
            }
            backend.dense().activateBackward(dWeights, weights, Activation.SOFTMAX);
        }
    }

    @Override
    RowBlend rowBlend(int inputs) {
        return (values, term) -> {
            float[] scores = values[inputs];
            float largest = Float.NEGATIVE_INFINITY;
            for (float score : scores) {
                largest = Math.max(largest, score);
            }
            double sum = 0;
            for (float score : scores) {
                sum += Math.exp(score - largest);
            }
            java.util.Arrays.fill(term, 0f);
            for (int m = 0; m < inputs; m++) {
                float weight = (float) (Math.exp(scores[m] - largest) / sum);
                for (int j = 0; j < term.length; j++) {
                    term[j] += weight * values[m][j];
                }
            }
        };
    }
}
