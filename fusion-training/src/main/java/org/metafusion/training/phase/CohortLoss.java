package org.metafusion.training.phase;

import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.training.network.CohortLayout;

/** The loss of the active students, for a task and an objective. */
interface CohortLoss {

    /** Queues the gradient, and adds the summed losses to {@code totals}. */
    void apply(Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights);

    /** The same task loss with rho 0, for validation. */
    CohortLoss withoutPeers();

    static CohortLoss of(
            TensorBackend backend,
            TensorArena arena,
            CohortLayout layout,
            Members members,
            Objective objective,
            float temperature) {
        boolean classification = layout.cohort().task() instanceof Task.Classification;
        if (objective instanceof Objective.Cooperative cooperative) {
            return new Cooperative(backend.loss(), classification, cooperative.rho());
        }
        Objective.Mutual mutual = (Objective.Mutual) objective;
        Tensor divergence = mutual.rho() == 0
                ? arena.zeros(Members.SHARED, members.count(), members.count())
                : arena.upload(
                        backend,
                        members.count(),
                        members.count(),
                        Mutual.among(layout, members, mutual.divergenceWeights()));
        return new Mutual(backend.loss(), classification, new MutualTerm(divergence, mutual.rho(), temperature));
    }

    /** Task loss and divergence from peers. */
    record Mutual(LossKernels kernels, boolean classification, MutualTerm term) implements CohortLoss {

        /** Copies learn from copies of the same fold, which learn from the same rows. */
        static float[] among(CohortLayout layout, Members copies, float[][] weights) {
            int count = copies.count();
            float[] kept = new float[count * count];
            for (int i = 0; i < count; i++) {
                int copy = copies.student(i);
                for (int j = 0; j < count; j++) {
                    int peer = copies.student(j);
                    if (layout.fold(copy) == layout.fold(peer)) {
                        kept[i * count + j] = weights[layout.student(copy)][layout.student(peer)];
                    }
                }
            }
            return kept;
        }

        @Override
        public void apply(Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights) {
            if (classification) {
                kernels.classification(dOutputs, totals, outputs, targets, weights, term);
            } else {
                kernels.regression(dOutputs, totals, outputs, targets, weights, term);
            }
        }

        @Override
        public CohortLoss withoutPeers() {
            return new Mutual(kernels, classification, new MutualTerm(term.divergence(), 0f, term.temperature()));
        }
    }

    /** Two students whose outputs add up. */
    record Cooperative(LossKernels kernels, boolean classification, float rho) implements CohortLoss {

        @Override
        public void apply(Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights) {
            kernels.cooperative(dOutputs, totals, outputs, targets, weights, rho, classification);
        }

        @Override
        public CohortLoss withoutPeers() {
            return new Cooperative(kernels, classification, 0f);
        }
    }
}
