package org.metafusion.testkit;

import org.junit.jupiter.api.Test;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** What every backend's {@link DenseKernels} must refuse, with a message that names the call and its operands. */
abstract class DenseRefusals extends BackendContract {

    private static final Members ALL = Members.of(0, 1, 3);
    private static final Members FEWER = Members.of(1, 3);
    private static final Members OTHERS = Members.of(1, 2);
    private static final Members SHARED = Members.SHARED;

    final DenseKernels dense() {
        return backend.dense();
    }

    private Tensor tensor(Members members, int rows, int cols) {
        return zeros(members, rows, cols);
    }

    @Test
    void biasRefusesWrongShapes() {
        Tensor y = tensor(ALL, 6, 4);
        for (Tensor b : new Tensor[] {tensor(ALL, 1, 3), tensor(ALL, 2, 4), tensor(ALL, 4, 1)}) {
            assertRefused("bias", () -> dense().bias(y, b), y, b);
        }
    }

    @Test
    void multiplyRefusesWrongShapes() {
        Tensor y = tensor(ALL, 6, 4);
        Tensor x = tensor(SHARED, 6, 5);
        Tensor w = tensor(ALL, 5, 4);
        for (Tensor wrong : new Tensor[] {tensor(SHARED, 7, 5), tensor(SHARED, 6, 4), tensor(SHARED, 5, 6)}) {
            assertRefused("multiply", () -> dense().multiply(y, wrong, w), y, wrong, w);
        }
        for (Tensor wrong : new Tensor[] {tensor(ALL, 5, 3), tensor(ALL, 6, 4), tensor(ALL, 4, 5)}) {
            assertRefused("multiply", () -> dense().multiply(y, x, wrong), y, x, wrong);
        }
    }

    @Test
    void backwardProductsRefuseWrongShapes() {
        Tensor x = tensor(SHARED, 6, 5);
        Tensor dY = tensor(ALL, 6, 4);
        Tensor w = tensor(ALL, 5, 4);
        Tensor dX = tensor(ALL, 6, 5);
        for (Tensor wrong : new Tensor[] {tensor(ALL, 5, 3), tensor(ALL, 6, 4), tensor(ALL, 4, 5)}) {
            assertRefused("weightBackward", () -> dense().weightBackward(wrong, x, dY), wrong, x, dY);
            assertRefused("inputBackward", () -> dense().inputBackward(dX, dY, wrong), dX, dY, wrong);
        }
        Tensor shorter = tensor(ALL, 3, 4);
        assertRefused("weightBackward", () -> dense().weightBackward(w, x, shorter), w, x, shorter);
        assertRefused("inputBackward", () -> dense().inputBackward(dX, shorter, w), dX, shorter, w);
        Tensor dB = tensor(ALL, 1, 5);
        assertRefused("biasBackward", () -> dense().biasBackward(dB, dY), dB, dY);
        Tensor tall = tensor(ALL, 6, 4);
        assertRefused("biasBackward", () -> dense().biasBackward(tall, dY), tall, dY);
    }

    @Test
    void elementWiseCallsRefuseAnotherShape() {
        Tensor dY = tensor(ALL, 6, 4);
        for (Tensor y : new Tensor[] {tensor(ALL, 6, 5), tensor(ALL, 5, 4), tensor(ALL, 4, 6)}) {
            assertRefused("add", () -> dense().add(dY, y), dY, y);
            assertRefused("activateBackward", () -> dense().activateBackward(dY, y, Activation.RELU), dY, y);
        }
    }

    @Test
    void anOperandMustHaveAMatrixForEveryMemberWritten() {
        Tensor few = tensor(FEWER, 6, 4);
        Tensor x = tensor(FEWER, 6, 5);
        Tensor w = tensor(OTHERS, 5, 4);
        Tensor b = tensor(OTHERS, 1, 4);
        Tensor others = tensor(OTHERS, 6, 4);

        assertMembersRefused("bias", () -> dense().bias(few, b), FEWER, OTHERS);
        assertMembersRefused("multiply", () -> dense().multiply(few, tensor(SHARED, 6, 5), w), FEWER, OTHERS);
        assertMembersRefused("multiply", () -> dense().multiply(others, x, w), FEWER, OTHERS);
        assertMembersRefused(
                "activateBackward", () -> dense().activateBackward(few, others, Activation.RELU), FEWER, OTHERS);
        assertMembersRefused("add", () -> dense().add(few, others), FEWER, OTHERS);
        assertMembersRefused("biasBackward", () -> dense().biasBackward(b, few), FEWER, OTHERS);
        assertMembersRefused("weightBackward", () -> dense().weightBackward(w, x, others), FEWER, OTHERS);
        assertMembersRefused(
                "weightBackward", () -> dense().weightBackward(w, tensor(SHARED, 6, 5), few), FEWER, OTHERS);
        assertMembersRefused("inputBackward", () -> dense().inputBackward(x, others, tensor(FEWER, 5, 4)), OTHERS);
        assertMembersRefused("inputBackward", () -> dense().inputBackward(x, few, w), FEWER, OTHERS);
    }

    @Test
    void severalStudentsMayNotWriteOneSharedMatrix() {
        Tensor shared = tensor(SHARED, 6, 4);
        Tensor x = tensor(ALL, 6, 5);
        Tensor w = tensor(ALL, 5, 4);
        Tensor b = tensor(ALL, 1, 4);
        Tensor dY = tensor(ALL, 6, 4);
        Tensor sharedX = tensor(SHARED, 6, 5);
        Tensor sharedW = tensor(SHARED, 5, 4);
        Tensor sharedB = tensor(SHARED, 1, 4);

        assertMembersRefused("bias", () -> dense().bias(shared, b), SHARED);
        assertMembersRefused("multiply", () -> dense().multiply(shared, x, w), SHARED);
        assertMembersRefused("multiply", () -> dense().multiply(shared, sharedX, w), SHARED);
        assertMembersRefused("activateBackward", () -> dense().activateBackward(shared, dY, Activation.RELU), SHARED);
        assertMembersRefused("add", () -> dense().add(shared, dY), SHARED);
        assertMembersRefused("biasBackward", () -> dense().biasBackward(sharedB, dY), SHARED);
        assertMembersRefused("weightBackward", () -> dense().weightBackward(sharedW, x, dY), SHARED);
        assertMembersRefused("inputBackward", () -> dense().inputBackward(sharedX, dY, w), SHARED);
        assertMembersRefused("inputBackward", () -> dense().inputBackward(sharedX, shared, sharedW), SHARED);
    }

    @Test
    void aRefusedCallChangesNothing() {
        MatrixStack before = random(ALL, 6, 4);
        Tensor y = upload(before);
        Tensor x = upload(random(SHARED, 6, 5));
        Tensor w = upload(random(OTHERS, 5, 4));

        assertMembersRefused("multiply", () -> dense().multiply(y, x, w), OTHERS);

        TensorAssert.assertSameBits("y", before.floats(), backend.download(y));
    }
}
