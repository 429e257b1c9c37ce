package org.metafusion.core.fusion;

import java.util.List;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

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
    public FusionPass bind(TensorBackend backend, TensorArena arena, Members members, List<Tensor> inputs) {
        return new FusionPass() {
            @Override
            public List<Tensor> terms() {
                return inputs;
            }

            @Override
            public void forward() {
                // the inputs are the terms
            }

            @Override
            public void backward(List<Tensor> dTerms, List<Tensor> dInputs) {
                for (int i = 0; i < dInputs.size(); i++) {
                    backend.fill(dInputs.get(i), 0f);
                    backend.dense().add(dInputs.get(i), dTerms.get(i));
                }
            }
        };
    }
}
