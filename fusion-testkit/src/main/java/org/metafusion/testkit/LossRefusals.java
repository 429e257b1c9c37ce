package org.metafusion.testkit;

import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** What every backend's {@link LossKernels} must refuse, with a message that names the call and its operands. */
abstract class LossRefusals extends BackendContract {

    private static final Members ALL = Members.of(0, 1, 3);
    private static final Members OTHERS = Members.of(0, 1, 2);
    private static final Members SHARED = Members.SHARED;
    private static final int N = 6;
    private static final int K = 4;

    final LossKernels loss() {
        return backend.loss();
    }

    /** A loss with everything right but one operand. */
    private interface Call {
        void with(Tensor dOutputs, Tensor totals, Tensor outputs, Tensor targets, Tensor weights);
    }

    private MutualTerm mutual(Tensor divergence) {
        return new MutualTerm(divergence, 0.7f, 1);
    }

    @Test
    void classificationRefusesWrongOperands() {
        MutualTerm mutual = mutual(zeros(SHARED, 3, 3));
        assertOperandsChecked(
                "classification", (d, totals, f, y, w) -> loss().classification(d, totals, f, y, w, mutual), ALL, 1);
    }

    @Test
    void regressionRefusesWrongOperands() {
        MutualTerm mutual = mutual(zeros(SHARED, 3, 3));
        assertOperandsChecked(
                "regression", (d, totals, f, y, w) -> loss().regression(d, totals, f, y, w, mutual), ALL, K);
    }

    @Test
    void cooperativeRefusesWrongOperands() {
        Members two = Members.of(0, 3);
        assertOperandsChecked(
                "cooperative", (d, totals, f, y, w) -> loss().cooperative(d, totals, f, y, w, 0.7f, true), two, 1);
        assertOperandsChecked(
                "cooperative", (d, totals, f, y, w) -> loss().cooperative(d, totals, f, y, w, 0.7f, false), two, K);
    }

    @Test
    void cooperativeTakesExactlyTwoStudents() {
        for (Members members : new Members[] {Members.of(1), ALL}) {
            Tensor outputs = zeros(members, N, K);
            assertRefused(
                    "cooperative",
                    () -> loss().cooperative(
                                    zeros(members, N, K),
                                    zeros(members, 1, 2),
                                    outputs,
                                    zeros(SHARED, N, K),
                                    zeros(members, N, 1),
                                    0.7f,
                                    false),
                    outputs);
        }
    }

    @Test
    void divergenceWeightsAreSharedAndSquare() {
        Tensor totals = zeros(ALL, 1, 2);
        Tensor outputs = zeros(ALL, N, K);
        Tensor dOutputs = zeros(ALL, N, K);
        Tensor weights = zeros(ALL, N, 1);
        Tensor labels = zeros(SHARED, N, 1);
        Tensor targets = zeros(SHARED, N, K);
        Tensor[] wrong = {zeros(SHARED, 2, 2), zeros(SHARED, 4, 4), zeros(SHARED, 3, 4), zeros(ALL, 3, 3)};
        for (Tensor d : wrong) {
            assertRefused(
                    "classification",
                    () -> loss().classification(dOutputs, totals, outputs, labels, weights, mutual(d)),
                    d);
            assertRefused(
                    "regression", () -> loss().regression(dOutputs, totals, outputs, targets, weights, mutual(d)), d);
        }
    }

    private void assertOperandsChecked(String name, Call call, Members members, int targetCols) {
        Tensor dOutputs = zeros(members, N, K);
        Tensor totals = zeros(members, 1, 2);
        Tensor outputs = zeros(members, N, K);
        Tensor targets = zeros(SHARED, N, targetCols);
        Tensor weights = zeros(members, N, 1);

        for (Tensor d : new Tensor[] {zeros(members, N, 3), zeros(members, 5, K)}) {
            assertRefused(name, () -> call.with(d, totals, outputs, targets, weights), d);
        }
        for (Tensor t : new Tensor[] {zeros(members, 1, 3), zeros(members, 2, 2)}) {
            assertRefused(name, () -> call.with(dOutputs, t, outputs, targets, weights), t);
        }
        for (Tensor y :
                new Tensor[] {zeros(SHARED, 5, targetCols), zeros(SHARED, N, 3), zeros(members, N, targetCols)}) {
            assertRefused(name, () -> call.with(dOutputs, totals, outputs, y, weights), y);
        }
        for (Tensor w : new Tensor[] {zeros(members, 5, 1), zeros(members, N, 2)}) {
            assertRefused(name, () -> call.with(dOutputs, totals, outputs, targets, w), w);
        }
        assertMembersRefused(name, () -> call.with(zeros(OTHERS, N, K), totals, outputs, targets, weights), OTHERS);
        assertMembersRefused(name, () -> call.with(dOutputs, zeros(OTHERS, 1, 2), outputs, targets, weights), OTHERS);
        assertMembersRefused(name, () -> call.with(dOutputs, totals, outputs, targets, zeros(OTHERS, N, 1)), OTHERS);
    }
}
