package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.Tensor;

/**
 * Tensor (outer product) fusion: {@code F_{a,b} = x_a z_b}; augmented (TFN) with a 1 appended to each. Of more than two
 * representations, every pair in order is one term.
 *
 * <p>Where the outer product is wide it is never formed: {@code vec(x z^T) W} is a bilinear form, and contracting one side
 * first needs a fraction of the memory at the same number of operations ({@link FusionKernels#bilinear}). A narrow one
 * is formed, since students with frozen representations then share it.
 */
public final class TensorFusion implements FusionOperator {

    public static final String NAME = "tensor";
    public static final String AUGMENTED = "tensor-augmented";

    /** Outer products wider than this are not formed; 64 rows of it fill a megabyte. */
    private static final int WIDEST_FORMED = 4096;

    private final boolean augmented;
    private final int widestFormed;

    public TensorFusion(boolean augmented) {
        this(augmented, WIDEST_FORMED);
    }

    /** @param widestFormed the width up to which the outer product is formed */
    public TensorFusion(boolean augmented, int widestFormed) {
        this.augmented = augmented;
        this.widestFormed = widestFormed;
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
    public RowFusion onRows(List<Integer> widths, List<float[]> parameters) {
        return (kernel, inputs, scratch, terms) -> fuseRow(inputs, terms);
    }

    private void fuseRow(float[][] inputs, float[] terms) {
        int at = 0;
        for (int left = 0; left < inputs.length; left++) {
            for (int right = left + 1; right < inputs.length; right++) {
                at = outer(inputs[left], inputs[right], terms, at);
            }
        }
    }

    private int outer(float[] x, float[] y, float[] terms, int from) {
        int at = from;
        int one = augmented ? 1 : 0;
        for (int a = 0; a < x.length + one; a++) {
            float factor = a < x.length ? x[a] : 1f;
            for (int b = 0; b < y.length; b++) {
                terms[at + b] = factor * y[b];
            }
            at += y.length;
            if (augmented) {
                terms[at++] = factor;
            }
        }
        return at;
    }

    @Override
    public FusionPass bind(FusionBinding binding) {
        return new PairwisePass(binding, (left, right) -> term(binding, left, right));
    }

    private PairTerm term(FusionBinding binding, Tensor left, Tensor right) {
        FusionKernels kernels = binding.backend().fusion();
        int width = fusedWidth(left.cols(), right.cols());
        return width > widestFormed
                ? factored(kernels, left, right)
                : new StoredTerm(binding, left, right, width, formed(kernels));
    }

    private StoredTerm.Kernel formed(FusionKernels kernels) {
        return new StoredTerm.Kernel() {
            @Override
            public void forward(Tensor fused, Tensor x, Tensor y) {
                kernels.tensorForward(fused, x, y, augmented);
            }

            @Override
            public void backward(Tensor dX, Tensor dY, Tensor dFused, Tensor x, Tensor y) {
                kernels.tensorBackward(dX, dY, dFused, x, y, augmented);
            }
        };
    }

    private PairTerm factored(FusionKernels kernels, Tensor left, Tensor right) {
        return new PairTerm() {
            @Override
            public void forward(Tensor y, Tensor w) {
                kernels.bilinear(y, left, right, w, augmented);
            }

            @Override
            public void weightBackward(Tensor dW, Tensor dY) {
                kernels.bilinearWeightBackward(dW, left, right, dY, augmented);
            }

            @Override
            public void inputBackward(Tensor dLeft, Tensor dRight, Tensor dY, Tensor w) {
                kernels.bilinearInputBackward(dLeft, dRight, dY, left, right, w, augmented);
            }
        };
    }
}
