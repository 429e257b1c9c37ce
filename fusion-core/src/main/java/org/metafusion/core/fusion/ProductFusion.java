package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.FusionException;
import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Product fusion (Encoding Domain Insights into Multi-modal Fusion): {@code F_j = x_j z_j} and
 * {@code F_{N+j} = x_j z_{N-1-j}}, {@code 2 N} wide. Of more than two representations, every pair in order is one term.
 */
public final class ProductFusion implements FusionOperator {

    public static final String NAME = "product";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> termWidths(List<Integer> widths) {
        if (widths.stream().distinct().count() != 1) {
            throw new FusionException("Product fusion takes representations of one width but got " + widths
                    + "; use extracted representations of equal width, or concatenation");
        }
        int pairs = widths.size() * (widths.size() - 1) / 2;
        return java.util.Collections.nCopies(pairs, 2 * widths.get(0));
    }

    @Override
    public RowFusion onRows(List<Integer> widths, List<float[]> parameters) {
        return (kernel, inputs, scratch, terms) -> fuseRow(inputs, terms);
    }

    private static void fuseRow(float[][] inputs, float[] terms) {
        int at = 0;
        for (int left = 0; left < inputs.length; left++) {
            for (int right = left + 1; right < inputs.length; right++) {
                int d = inputs[left].length;
                for (int j = 0; j < d; j++) {
                    terms[at + j] = inputs[left][j] * inputs[right][j];
                    terms[at + d + j] = inputs[left][j] * inputs[right][d - 1 - j];
                }
                at += 2 * d;
            }
        }
    }

    @Override
    public FusionPass bind(FusionBinding binding) {
        FusionKernels kernels = binding.backend().fusion();
        return new PairwisePass(
                binding,
                (left, right) -> new StoredTerm(binding, left, right, 2 * left.cols(), new StoredTerm.Kernel() {
                    @Override
                    public void forward(Tensor fused, Tensor x, Tensor y) {
                        kernels.productForward(fused, x, y);
                    }

                    @Override
                    public void backward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y) {
                        kernels.productBackward(dX, dY, dFused, x, y);
                    }
                }));
    }
}
