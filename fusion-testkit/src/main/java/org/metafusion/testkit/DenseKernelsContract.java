package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.tensor.Activation;
import org.metafusion.core.tensor.DenseKernels;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** What every backend's {@link DenseKernels} must do: {@link DenseReference} over stacks of any membership, and refusals. */
public abstract class DenseKernelsContract extends DenseRefusals {

    private static final Members SOME = Members.of(0, 1, 3, 4);
    private static final Members FEWER = Members.of(1, 3);

    static Stream<LayerCase> layers() {
        return LayerCase.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void biasFillsTheRowsOfItsMembers(LayerCase layer) {
        MatrixStack before = poison(layer.outputs(), layer.n(), layer.width());
        MatrixStack b = random(layer.weights(), 1, layer.width());
        Tensor y = upload(before);

        dense().bias(y, upload(b));

        assertWritten(
                "y", before, layer.weights(), s -> DenseReference.bias(layer.n(), b.matrix(s)), y, new Tolerance(0, 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void multiplyAddsToTheOutputsOfItsMembers(LayerCase layer) {
        MatrixStack before = random(layer.outputs(), layer.n(), layer.width());
        MatrixStack x = random(layer.inputs(), layer.n(), layer.in());
        MatrixStack w = random(layer.weights(), layer.in(), layer.width());
        Tensor y = upload(before);

        dense().multiply(y, upload(x), upload(w));

        assertWritten(
                "y",
                before,
                layer.weights(),
                s -> DenseReference.multiply(before.matrix(s), x.matrix(s), w.matrix(s)),
                y,
                Tolerance.ofProducts(layer.in()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void weightBackwardOverwritesTheMembersGradients(LayerCase layer) {
        MatrixStack x = random(layer.inputs(), layer.n(), layer.in());
        MatrixStack dY = random(layer.outputs(), layer.n(), layer.width());
        MatrixStack before = poison(layer.weights(), layer.in(), layer.width());
        Tensor dW = upload(before);

        dense().weightBackward(dW, upload(x), upload(dY));

        assertWritten(
                "dW",
                before,
                layer.weights(),
                s -> DenseReference.weightBackward(x.matrix(s), dY.matrix(s)),
                dW,
                Tolerance.ofProducts(layer.n()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void inputBackwardOverwritesTheMembersGradients(LayerCase layer) {
        MatrixStack dY = random(layer.outputs(), layer.n(), layer.width());
        MatrixStack w = random(layer.weights(), layer.in(), layer.width());
        MatrixStack before = poison(layer.weights(), layer.n(), layer.in());
        Tensor dX = upload(before);

        dense().inputBackward(dX, upload(dY), upload(w));

        assertWritten(
                "dX",
                before,
                layer.weights(),
                s -> DenseReference.inputBackward(dY.matrix(s), w.matrix(s)),
                dX,
                Tolerance.ofProducts(layer.width()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void biasBackwardOverwritesTheMembersGradients(LayerCase layer) {
        MatrixStack dY = random(layer.outputs(), layer.n(), layer.width());
        MatrixStack before = poison(layer.weights(), 1, layer.width());
        Tensor dB = upload(before);

        dense().biasBackward(dB, upload(dY));

        assertWritten(
                "dB",
                before,
                layer.weights(),
                s -> DenseReference.biasBackward(dY.matrix(s)),
                dB,
                Tolerance.ofProducts(layer.n()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void addAddsToEveryMemberOfTheSum(LayerCase layer) {
        MatrixStack before = random(layer.weights(), layer.n(), layer.in());
        MatrixStack x = random(layer.inputs(), layer.n(), layer.in());
        Tensor y = upload(before);

        dense().add(y, upload(x));

        assertWritten(
                "y",
                before,
                layer.weights(),
                s -> DenseReference.add(before.matrix(s), x.matrix(s)),
                y,
                new Tolerance(1e-7, 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void activationsWorkInPlace(LayerCase layer) {
        for (Activation activation : Activation.values()) {
            MatrixStack before = MatrixStack.of(layer.outputs(), s -> inputs(activation, layer));
            Tensor y = upload(before);

            dense().activate(y, activation);

            assertWritten(
                    "y, " + activation,
                    before,
                    layer.outputs(),
                    s -> DenseReference.activate(before.matrix(s), activation),
                    y,
                    tolerance(activation, layer));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("layers")
    void activationGradientsWorkInPlaceForTheirMembers(LayerCase layer) {
        for (Activation activation : Activation.values()) {
            MatrixStack y = MatrixStack.of(
                    layer.outputs(), s -> DenseReference.activate(inputs(activation, layer), activation));
            MatrixStack before = random(layer.weights(), layer.n(), layer.width());
            Tensor dY = upload(before);

            dense().activateBackward(dY, upload(y), activation);

            assertWritten(
                    "dY, " + activation,
                    before,
                    layer.weights(),
                    s -> DenseReference.activateBackward(before.matrix(s), y.matrix(s), activation),
                    dY,
                    tolerance(activation, layer));
        }
    }

    /** Random, and away from 0 where the activation has a pole. */
    private Matrix inputs(Activation activation, LayerCase layer) {
        Matrix inputs = Matrix.random(layer.n(), layer.width(), random);
        return activation == Activation.INVERSE_ROOT ? inputs.map(x -> x + Math.copySign(0.1, x)) : inputs;
    }

    /** A choice is exact; a sum over a row is not. */
    private static Tolerance tolerance(Activation activation, LayerCase layer) {
        return switch (activation) {
            case IDENTITY, RELU -> new Tolerance(0, 0);
            case SIGMOID -> new Tolerance(2e-6, 1);
            case SOFTMAX -> Tolerance.ofProducts(layer.width());
            case INVERSE_ROOT -> new Tolerance(1e-6, 1);
        };
    }

    @Test
    void activationsStandExtremeInputs() {
        Members one = Members.all(1);
        MatrixStack extreme = MatrixStack.of(one, 2, 3, 1e4, -1e4, 0, -200, -199, -1e30);
        for (Activation activation :
                new Activation[] {Activation.SIGMOID, Activation.SOFTMAX, Activation.INVERSE_ROOT}) {
            Tensor y = upload(extreme);

            dense().activate(y, activation);

            TensorAssert.assertClose(
                    "y, " + activation,
                    MatrixStack.of(one, s -> DenseReference.activate(extreme.matrix(s), activation)),
                    backend.download(y),
                    Tolerance.FLOAT32);
        }
    }

    @Test
    @DisplayName("a layer on [x ; z] is its bias plus a term for each part, though some students have only one part")
    void termsOfOneLayerAddUp() {
        MatrixStack b = random(SOME, 1, 9);
        MatrixStack x = random(Members.SHARED, 12, 5);
        MatrixStack z = random(SOME, 12, 3);
        MatrixStack a = random(Members.of(0, 1, 3), 5, 9);
        MatrixStack c = random(Members.of(1, 4), 3, 9);
        MatrixStack before = poison(SOME, 12, 9);
        Tensor y = upload(before);

        dense().bias(y, upload(b));
        dense().multiply(y, upload(x), upload(a));
        dense().multiply(y, upload(z), upload(c));
        dense().activate(y, Activation.RELU);

        assertWritten(
                "y",
                before,
                SOME,
                s -> {
                    Matrix sum = DenseReference.bias(12, b.matrix(s));
                    sum = s == 4 ? sum : DenseReference.multiply(sum, x.matrix(s), a.matrix(s));
                    sum = s == 1 || s == 4 ? DenseReference.multiply(sum, z.matrix(s), c.matrix(s)) : sum;
                    return DenseReference.activate(sum, Activation.RELU);
                },
                y,
                Tolerance.ofProducts(8));
    }

    @Test
    void anOperandThatIsNotWrittenMayBeShared() {
        MatrixStack x = random(FEWER, 6, 5);
        MatrixStack dY = random(Members.SHARED, 6, 4);
        MatrixStack w = random(Members.SHARED, 5, 4);
        Tensor dW = upload(poison(FEWER, 5, 4));
        Tensor dX = upload(poison(FEWER, 6, 5));

        dense().weightBackward(dW, upload(x), upload(dY));
        dense().inputBackward(dX, upload(dY), upload(w));

        TensorAssert.assertClose(
                "dW",
                MatrixStack.of(FEWER, s -> DenseReference.weightBackward(x.matrix(s), dY.matrix(s))),
                backend.download(dW),
                Tolerance.ofProducts(6));
        TensorAssert.assertClose(
                "dX",
                MatrixStack.of(FEWER, s -> DenseReference.inputBackward(dY.matrix(s), w.matrix(s))),
                backend.download(dX),
                Tolerance.ofProducts(4));
    }

    @ParameterizedTest(name = "rate={0}")
    @ValueSource(floats = {0, 0.1f, 0.5f, 0.999f})
    void dropoutDropsWhatTheMaskSays(float rate) {
        for (long seed : new long[] {0, 1, -1, 0x1234_5678_9ABC_DEF0L}) {
            MatrixStack before = random(SOME, 33, 65);
            Tensor y = upload(before);

            dense().dropout(y, rate, seed);

            assertWritten(
                    "y, seed " + seed,
                    before,
                    SOME,
                    s -> DenseReference.dropout(before.matrix(s), rate, seed, s),
                    y,
                    rate == 0 ? new Tolerance(0, 0) : new Tolerance(1e-6, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {1, -0.1f, 1.5f, Float.NaN})
    void dropoutRefusesARateOutsideItsRange(float rate) {
        Tensor y = zeros(SOME, 2, 3);

        assertThatThrownBy(() -> dense().dropout(y, rate, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dropout")
                .hasMessageContaining(String.valueOf(rate));
    }
}
