package org.metafusion.core.fusion;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Low-rank multimodal fusion (LMF, Liu et al. 2018, arXiv 1806.00064): {@code sum over r of prod over m of
 * ([x_m ; 1] F_m^(r)) + bias}, what a dense layer on the augmented outer product of all representations computes if its
 * weights have the given rank. {@code F_m} is {@code [rank, d_m + 1, width]}; its last row, which meets the 1, is the bias
 * of {@code x_m}'s map.
 *
 * <p>Cost: {@code rank * width * (sum of d_m + M) + width} parameters for {@code M} modalities, linear in their number
 * where the outer product is exponential.
 */
public final class LowRankFusion extends ProjectedFusion {

    public static final String NAME = "low-rank";

    private static final int USUAL_RANK = OperatorSizes.USUAL.rank();

    private final int rank;

    /** Rank 4, width 64. */
    public LowRankFusion() {
        this(USUAL_RANK, USUAL_WIDTH);
    }

    public LowRankFusion(int rank, int width) {
        super(NAME, width, rank == USUAL_RANK ? "" : "x" + rank);
        if (rank < 1) {
            throw new IllegalArgumentException("The rank of low-rank fusion must be 1 or more but is " + rank);
        }
        this.rank = rank;
    }

    /**
     * A map a representation, then the bias. The product of many small numbers vanishes, so the factors start wider the
     * more there are: for representations of unit scale the term's variance is 1/3 as a dense layer's.
     */
    @Override
    List<InputMap> maps(List<Integer> widths) {
        int count = widths.size();
        double gain = Math.sqrt(3 * Math.pow(3.0 * rank, -1.0 / count));
        List<InputMap> maps = new ArrayList<>();
        for (int m = 0; m < count; m++) {
            InitialValues initial = new InitialValues(0, gain / Math.sqrt(widths.get(m) + 1));
            maps.add(new InputMap(List.of(m), rank * width(), List.of(initial), initial, false));
        }
        InitialValues usual =
                InitialValues.ofFanIn(widths.stream().mapToInt(d -> d + 1).sum());
        maps.add(new InputMap(List.of(), width(), List.of(), usual, true));
        return maps;
    }

    @Override
    Blend blend(FusionBinding binding) {
        int count = binding.inputs().size();
        List<Tensor> products = new ArrayList<>();
        for (int m = 1; m < count - 1; m++) {
            products.add(binding.zeros(rank * width()));
        }
        return new Products(binding.backend().gates(), products, count - 1);
    }

    /**
     * The product over modalities, ranks side by side, summed over ranks with the last factor.
     *
     * @param products of the first 2, 3, ... factors, all but the last
     * @param last the last factor's number
     */
    private record Products(GateKernels gates, List<Tensor> products, int last) implements Blend {

        /** The product of factors 0 to {@code m}. */
        private Tensor upTo(int m, List<Tensor> values) {
            return m == 0 ? values.get(0) : products.get(m - 1);
        }

        @Override
        public void forward(List<Tensor> values, Tensor term) {
            for (int m = 1; m < last; m++) {
                gates.gate(products.get(m - 1), upTo(m - 1, values), values.get(m));
            }
            gates.addGated(term, upTo(last - 1, values), values.get(last));
        }

        /** The gradient of the product of factors 0 to {@code m} lies where that of factor 0 ends up. */
        @Override
        public void backward(List<Tensor> dValues, Tensor dTerm, List<Tensor> values) {
            Tensor running = dValues.get(0);
            gates.gate(dValues.get(last), dTerm, upTo(last - 1, values));
            gates.gate(running, dTerm, values.get(last));
            for (int m = last - 1; m > 0; m--) {
                gates.gate(dValues.get(m), running, upTo(m - 1, values));
                gates.gate(running, running, values.get(m));
            }
        }
    }

    @Override
    RowBlend rowBlend(int inputs) {
        int length = rank * width();
        return (values, term) -> {
            float[] product = values[0];
            for (int m = 1; m < inputs; m++) {
                for (int i = 0; i < length; i++) {
                    product[i] *= values[m][i];
                }
            }
            for (int i = 0; i < length; i++) {
                term[i % term.length] += product[i];
            }
        };
    }
}
