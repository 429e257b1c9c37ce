package org.metafusion.core.fusion;

import java.util.Arrays;
import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorBackend;

/**
 * The factorised representation for missing modalities (arXiv 2506.20494, Eq. 9): the mean over the modalities that are
 * there of {@code h_m = x_m P_m + b_m}. What is not there has no part in it, so a student of this operator answers as
 * soon as one of its modalities is there.
 *
 * <p>Cost: {@code width * (sum of d_m + M)} parameters for {@code M} modalities.
 */
public final class FactorisedFusion extends ProjectedFusion {

    public static final String NAME = "factorised";

    /** Width 64. */
    public FactorisedFusion() {
        this(USUAL_WIDTH);
    }

    public FactorisedFusion(int width) {
        super(NAME, width);
    }

    @Override
    List<InputMap> maps(List<Integer> widths) {
        return InputMap.range(0, widths.size()).stream()
                .map(m -> InputMap.projection(m, widths, width()))
                .toList();
    }

    @Override
    Blend blend(FusionBinding binding) {
        return new Present(
                binding.backend(),
                binding.inputs().size(),
                binding.presence().orElseGet(() -> allPresent(binding)),
                binding.zeros(width()));
    }

    private static Tensor allPresent(FusionBinding binding) {
        int inputs = binding.inputs().size();
        Tensor presence = binding.arena().zeros(Members.SHARED, binding.rows(), inputs);
        binding.backend().fill(presence, 1f / inputs);
        return presence;
    }

    /**
     * @param presence shares of the modalities by row; the same for all students
     * @param part one modality's share of the term
     */
    private record Present(TensorBackend backend, int count, Tensor presence, Tensor part) implements Blend {

        @Override
        public void forward(List<Tensor> values, Tensor term) {
            backend.gates().gateRows(term, values.get(0), presence, 0);
            for (int m = 1; m < count; m++) {
                backend.gates().gateRows(part, values.get(m), presence, m);
                backend.dense().add(term, part);
            }
        }

        @Override
        public void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values) {
            for (int m = 0; m < count; m++) {
                backend.gates().gateRows(dValues.get(m), dTerm, presence, m);
            }
        }
    }

    @Override
    RowBlend rowBlend(int inputs) {
        return (values, term) -> {
            Arrays.fill(term, 0f);
            int present = 0;
            for (int m = 0; m < inputs; m++) {
                if (values[m].length > 0) {
                    present++;
                    for (int j = 0; j < term.length; j++) {
                        term[j] += values[m][j];
                    }
                }
            }
            for (int j = 0; j < term.length && present > 0; j++) {
                term[j] /= present;
            }
        };
    }
}
