package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Tensor;

/** {@code [x ; z; ...]}: the terms are the representations themselves. */
public final class Concatenation implements FusionOperator {

    public static final String NAME = "concatenation";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Integer> termWidths(List<Integer> widths) {
        return widths;
    }

    @Override
    public RowFusion onRows(List<Integer> widths, List<float[]> parameters) {
        return (kernel, inputs, scratch, terms) -> fuseRow(inputs, terms);
    }

    private static void fuseRow(float[][] inputs, float[] terms) {
        int at = 0;
        for (float[] input : inputs) {
            System.arraycopy(input, 0, terms, at, input.length);
            at += input.length;
        }
    }

    @Override
    public FusionPass bind(FusionBinding binding) {
        DenseKernels dense = binding.backend().dense();
        List<Tensor> inputs = binding.inputs();
        return new FusionPass() {
            @Override
            public void forward(Tensor y, List<Tensor> weights) {
                for (int i = 0; i < inputs.size(); i++) {
                    dense.multiply(y, inputs.get(i), weights.get(i));
                }
            }

            @Override
            public void backward(Tensor dY, List<Tensor> weights, List<Tensor> dWeights, List<Tensor> dInputs) {
                for (int i = 0; i < inputs.size(); i++) {
                    dense.weightBackward(dWeights.get(i), inputs.get(i), dY);
                    if (binding.trained().contains(i)) {
                        dense.inputBackward(dInputs.get(i), dY, weights.get(i));
                    }
                }
            }
        };
    }
}
