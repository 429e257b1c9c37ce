package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;

/** Who owns tensors, and for how long: closed arenas, tensors of another backend, memory that is used again. */
abstract class TensorLifetimes extends BackendContract {

    private static final Members TWO = Members.of(1, 3);
    private static final Members SHARED = Members.SHARED;

    private final List<Tensor> bystanders = new ArrayList<>();

    @BeforeEach
    final void forgetBystanders() {
        bystanders.clear();
    }

    @Test
    void anArenaHoldsItsTensorsBytesUntilItIsClosed() {
        TensorArena owner = backend.openArena("bytes");
        assertThat(owner.purpose()).isEqualTo("bytes");
        long before = owner.bytes();
        Tensor flat = owner.zeros(SHARED, 1, 1000);
        long held = owner.bytes();
        assertThat(held - before).isGreaterThanOrEqualTo(4000);
        owner.view(flat, new int[] {0, 500}, TWO, 10, 50);
        assertThat(owner.bytes()).as("a view adds no bytes").isEqualTo(held);
        owner.close();
        owner.close();
        assertThat(owner.bytes()).isZero();
    }

    @Test
    void aTensorOfAClosedArenaIsRefusedEverywhere() {
        TensorArena closed = backend.openArena("the closed one");
        Map<String, ThrowingCallable> calls = callsWith(closed);
        Tensor flat = closed.zeros(SHARED, 1, 4);
        closed.close();

        calls.forEach((name, call) -> assertThatThrownBy(call)
                .as(name)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the closed one"));
        assertBystandersUntouched();
        assertThatThrownBy(() -> closed.zeros(TWO, 1, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> closed.view(flat, new int[] {0}, SHARED, 1, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTensorOfAnotherBackendIsRefusedEverywhere() {
        TensorBackend other = another(openBackend());
        try (TensorArena foreign = other.openArena("elsewhere")) {
            callsWith(foreign)
                    .forEach((name, call) -> assertThatThrownBy(call)
                            .as(name)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining(name));
            assertBystandersUntouched();
            Tensor flat = foreign.zeros(SHARED, 1, 4);
            assertThatThrownBy(() -> arena.view(flat, new int[] {0}, SHARED, 1, 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void oneArenaClosedLeavesTheOthersAlone() {
        MatrixStack values = random(TWO, 5, 7);
        Tensor kept = upload(values);
        try (TensorArena step = backend.openArena("step")) {
            backend.fill(step.zeros(TWO, 5, 7), 9);
        }
        TensorAssert.assertSameBits("kept", values.floats(), backend.download(kept));
    }

    @Test
    void callsQueuedBeforeAnArenaIsClosedStillCount() {
        MatrixStack x = random(SHARED, 150, 200);
        MatrixStack w = random(TWO, 200, 150);
        for (int round = 0; round < 20; round++) {
            Tensor y = zeros(TWO, 150, 150);
            try (TensorArena step = backend.openArena("step")) {
                backend.dense().multiply(y, x.upload(backend, step), w.upload(backend, step));
            }
            try (TensorArena next = backend.openArena("next step")) {
                backend.fill(next.zeros(SHARED, 150, 200), Float.NaN);
                backend.fill(next.zeros(TWO, 200, 150), Float.NaN);
            }
            if (round % 10 == 9) {
                MatrixStack want = MatrixStack.of(
                        TWO, s -> DenseReference.multiply(Matrix.zeros(150, 150), x.matrix(s), w.matrix(s)));
                TensorAssert.assertClose("y", want, backend.download(y), Tolerance.ofProducts(200));
            }
        }
    }

    @Test
    void newTensorsAreZeroEvenWhereOldOnesLay() {
        for (int round = 0; round < 3; round++) {
            try (TensorArena step = backend.openArena("step")) {
                Tensor tensor = step.zeros(TWO, 33, 65);
                assertThat(backend.download(tensor)).containsOnly(0);
                backend.fill(tensor, Float.NaN);
            }
        }
    }

    @Test
    void operandsMayComeFromDifferentArenas() {
        MatrixStack b = random(TWO, 1, 3);
        try (TensorArena run = backend.openArena("run")) {
            Tensor y = zeros(TWO, 2, 3);
            backend.dense().bias(y, b.upload(backend, run));
            TensorAssert.assertClose(
                    "y",
                    MatrixStack.of(TWO, s -> DenseReference.bias(2, b.matrix(s))),
                    backend.download(y),
                    Tolerance.FLOAT32);
        }
    }

    /** A tensor that a call with an operand of {@code odd} must leave as it is. */
    private Tensor bystander(Members members, int rows, int cols) {
        Tensor tensor = zeros(members, rows, cols);
        backend.fill(tensor, 0.25f);
        bystanders.add(tensor);
        return tensor;
    }

    private void assertBystandersUntouched() {
        for (Tensor tensor : bystanders) {
            assertThat(backend.download(tensor)).as(tensor.shape()).containsOnly(0.25f);
        }
    }

    /** One call of each kind that would be right but for one operand, which belongs to {@code odd}. */
    private Map<String, ThrowingCallable> callsWith(TensorArena odd) {
        Tensor oddMatrix = odd.zeros(TWO, 4, 4);
        Tensor oddShared = odd.zeros(SHARED, 4, 4);
        Tensor oddRow = odd.zeros(SHARED, 1, 8);
        Tensor oddBias = odd.zeros(TWO, 1, 4);
        Tensor oddWeights = odd.zeros(TWO, 4, 1);
        Tensor oddDivergence = odd.zeros(SHARED, 2, 2);
        Tensor a = bystander(TWO, 4, 4);
        Tensor b = bystander(TWO, 4, 4);
        Tensor c = bystander(TWO, 4, 4);
        Tensor row = bystander(SHARED, 1, 8);
        Tensor gradient = bystander(SHARED, 1, 8);
        Tensor v = bystander(SHARED, 1, 8);
        Tensor totals = bystander(TWO, 1, 2);
        Tensor weights = bystander(TWO, 4, 1);
        Tensor labels = zeros(SHARED, 4, 1);
        Tensor fused = bystander(TWO, 4, 8);
        Tensor outer = bystander(TWO, 4, 16);
        Tensor divergence = bystander(SHARED, 2, 2);
        ParameterLayout layout = new ParameterLayout(TWO, new int[] {0, 4, 4, 8});
        var dense = backend.dense();
        var fusion = backend.fusion();
        var loss = backend.loss();
        MutualTerm oddPeers = new MutualTerm(oddDivergence, 0.5f, 1);
        MutualTerm peers = new MutualTerm(divergence, 0.5f, 1);

        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("upload", () -> backend.upload(oddMatrix, new float[32]));
        calls.put("download", () -> backend.download(oddMatrix));
        calls.put("uploadRows", () -> backend.uploadRows(oddMatrix, new float[0], new int[4], 0));
        calls.put("gather", () -> backend.gather(a, oddMatrix, new int[] {0, 1, 2, 3}, 0));
        calls.put("fill", () -> backend.fill(oddMatrix, 1));
        calls.put("bias", () -> dense.bias(a, oddBias));
        calls.put("multiply", () -> dense.multiply(a, oddShared, b));
        calls.put("activate", () -> dense.activate(oddMatrix, Activation.RELU));
        calls.put("activateBackward", () -> dense.activateBackward(a, oddMatrix, Activation.RELU));
        calls.put("biasBackward", () -> dense.biasBackward(oddBias, a));
        calls.put("weightBackward", () -> dense.weightBackward(a, oddShared, b));
        calls.put("inputBackward", () -> dense.inputBackward(oddMatrix, a, b));
        calls.put("add", () -> dense.add(a, oddMatrix));
        calls.put("dropout", () -> dense.dropout(oddMatrix, 0.5f, 1));
        calls.put("productForward", () -> fusion.productForward(fused, oddShared, a));
        calls.put("productBackward", () -> fusion.productBackward(a, b, fused, c, oddMatrix));
        calls.put("tensorForward", () -> fusion.tensorForward(outer, a, oddShared, false));
        calls.put("tensorBackward", () -> fusion.tensorBackward(a, oddMatrix, outer, b, c, false));
        calls.put("classification", () -> loss.classification(a, totals, b, labels, weights, oddPeers));
        calls.put("regression", () -> loss.regression(a, totals, b, oddShared, weights, peers));
        calls.put("cooperative", () -> loss.cooperative(a, totals, b, labels, oddWeights, 0.5f, true));
        calls.put("adamW", () -> backend.optimizer().adamW(row, gradient, oddRow, v, layout, AdamW.of(1e-3f, 0, 1)));
        calls.put("copy", () -> backend.optimizer().copy(row, oddRow, layout));
        return calls;
    }
}
