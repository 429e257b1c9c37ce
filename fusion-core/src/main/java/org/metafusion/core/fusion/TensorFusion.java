package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/**
 * Tensor (outer product) fusion: {@code F_{a,b} = x_a z_b}; augmented (TFN) with a 1 appended to each. Of more than two
 * representations, every pair in order is one term.
 */
public final class TensorFusion implements FusionOperator {

    public static final String NAME = "tensor";
    public static final String AUGMENTED = "tensor-augmented";

    private final boolean augmented;

    public TensorFusion(boolean augmented) {
        this.augmented = augmented;
    }

    @Override
    public String name() {
        return augmented ? AUGMENTED : NAME;
    }

    @Override
    public List<Integer> termWidths(List<Integer> widths) {
        List<Integer> terms = new java.util.ArrayList<>();
        for (int i = 0; i < widths.size(); i++) {
            for (int j = i + 1; j < widths.size(); j++) {
                terms.add(fusedWidth(widths.get(i), widths.get(j)));
            }
        }
        return terms;
    }

    private int fusedWidth(int left, int right) {
        return augmented ? Math.multiplyExact(left + 1, right + 1) : Math.multiplyExact(left, right);
    }

    @Override
    public FusionPass bind(TensorBackend backend, TensorArena arena, Members members, List<Tensor> inputs) {
        return new PairwisePass(arena, members, inputs, new PairwisePass.Kernel() {
            @Override
            public int width(int left, int right) {
                return fusedWidth(left, right);
            }

            @Override
            public void forward(Tensor fused, Tensor x, Tensor y) {
                backend.fusion().tensorForward(fused, x, y, augmented);
            }

            @Override
            public void backward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y) {
                backend.fusion().tensorBackward(dX, dY, dFused, x, y, augmented);
            }

            @Override
            public void add(Tensor sum, Tensor part) {
                backend.dense().add(sum, part);
            }
        });
    }
}
