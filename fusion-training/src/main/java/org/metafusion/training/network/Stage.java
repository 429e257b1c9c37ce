package org.metafusion.training.network;

import java.util.List;
import org.metafusion.core.fusion.FusionOperator.FusionPass;
import org.metafusion.core.tensor.Tensor;

/** A step of a cohort's forward pass and its counterpart backward. */
interface Stage {

    void forward(DropoutSeed dropoutSeed);

    void backward(DropoutSeed dropoutSeed);

    /**
     * A fusion operator at work.
     *
     * @param dTerms gradients of its terms; empty if nothing before it is trained
     * @param dInputs where the gradients of its inputs go; empty likewise
     */
    record Fusing(FusionPass pass, List<Tensor> dTerms, List<Tensor> dInputs) implements Stage {
        @Override
        public void forward(DropoutSeed dropoutSeed) {
            pass.forward();
        }

        @Override
        public void backward(DropoutSeed dropoutSeed) {
            if (!dTerms.isEmpty()) {
                pass.backward(dTerms, dInputs);
            }
        }
    }
}
