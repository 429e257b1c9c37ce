package org.metafusion.testkit;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.GateKernels;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;

/** What every backend's {@link GateKernels} must do: {@link GateReference} over stacks of any membership. */
public abstract class GateKernelsContract extends BackendContract {

    private static final Members SOME = Members.of(0, 1, 3, 4);
    private static final Members FEWER = Members.of(1, 3);
    private static final Members SHARED = Members.SHARED;

    /** Sizes {@code n, width, blocks} and who has the target, the input and the gates. */
    record GateCase(int n, int width, int blocks, Members target, Members x, Members g) {
        int wide() {
            return width * blocks;
        }

        @Override
        public String toString() {
            return "n=" + n + " width=" + width + " blocks=" + blocks + " target=" + target + " x=" + x + " g=" + g;
        }
    }

    static Stream<GateCase> gates() {
        int[][] sizes = {{1, 1, 1}, {2, 3, 4}, {31, 7, 3}, {5, 64, 1}, {65, 33, 2}, {3, 1, 130}, {4, 32, 4}, {9, 257, 1}
        };
        Members even = Members.of(IntStream.range(0, 12).map(i -> 2 * i).toArray());
        return Stream.of(sizes)
                .flatMap(size -> Stream.of(
                                List.of(Members.all(1), Members.all(1), Members.all(1)),
                                List.of(SHARED, SHARED, SHARED),
                                List.of(Members.all(3), Members.all(3), SHARED),
                                List.of(FEWER, SHARED, SOME),
                                List.of(FEWER, SOME, Members.of(1, 2, 3)),
                                List.of(even, Members.all(24), Members.all(24)))
                        .map(who -> new GateCase(size[0], size[1], size[2], who.get(0), who.get(1), who.get(2))));
    }

    private GateKernels gate() {
        return backend.gates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void gateOverwrites(GateCase shape) {
        MatrixStack x = random(shape.x, shape.n, shape.width);
        MatrixStack g = random(shape.g, shape.n, shape.wide());
        Tensor out = upload(poison(shape.target, shape.n, shape.wide()));

        gate().gate(out, upload(x), upload(g));

        assertClose("out", MatrixStack.of(shape.target, s -> GateReference.gate(x.matrix(s), g.matrix(s))), out, 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void addGatedSumsTheBlocks(GateCase shape) {
        MatrixStack before = random(shape.target, shape.n, shape.width);
        MatrixStack x = random(shape.x, shape.n, shape.wide());
        MatrixStack g = random(shape.g, shape.n, shape.wide());
        Tensor y = upload(before);

        gate().addGated(y, upload(x), upload(g));

        assertClose(
                "y",
                MatrixStack.of(shape.target, s -> GateReference.addGated(before.matrix(s), x.matrix(s), g.matrix(s))),
                y,
                shape.blocks + 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void gateRowsOverwrites(GateCase shape) {
        MatrixStack x = random(shape.x, shape.n, shape.width);
        MatrixStack g = random(shape.g, shape.n, shape.blocks);
        for (int column : new int[] {0, shape.blocks - 1}) {
            Tensor out = upload(poison(shape.target, shape.n, shape.width));

            gate().gateRows(out, upload(x), upload(g), column);

            assertClose(
                    "out, column " + column,
                    MatrixStack.of(shape.target, s -> GateReference.gateRows(x.matrix(s), g.matrix(s), column)),
                    out,
                    1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gates")
    void gateRowsBackwardWritesItsColumnAlone(GateCase shape) {
        MatrixStack dOut = random(shape.x, shape.n, shape.width);
        MatrixStack x = random(shape.g, shape.n, shape.width);
        for (int column : new int[] {0, shape.blocks - 1}) {
            MatrixStack before = poison(shape.target, shape.n, shape.blocks);
            Tensor dG = upload(before);

            gate().gateRowsBackward(dG, column, upload(dOut), upload(x));

            assertClose(
                    "dG, column " + column,
                    MatrixStack.of(
                            shape.target,
                            s -> GateReference.gateRowsBackward(before.matrix(s), column, dOut.matrix(s), x.matrix(s))),
                    dG,
                    shape.width);
        }
    }

    @Test
    void aTargetMayBeAnOperand() {
        MatrixStack a = random(SOME, 7, 9);
        MatrixStack b = random(SOME, 7, 9);
        Tensor gated = upload(a);
        Tensor rows = upload(a);
        Tensor sum = upload(a);

        gate().gate(gated, upload(b), gated);
        gate().gateRows(rows, rows, upload(b), 4);
        gate().addGated(sum, sum, upload(b));

        assertClose("gate", MatrixStack.of(SOME, s -> GateReference.gate(b.matrix(s), a.matrix(s))), gated, 1);
        assertClose(
                "gateRows", MatrixStack.of(SOME, s -> GateReference.gateRows(a.matrix(s), b.matrix(s), 4)), rows, 1);
        assertClose(
                "addGated",
                MatrixStack.of(SOME, s -> GateReference.addGated(a.matrix(s), a.matrix(s), b.matrix(s))),
                sum,
                2);
    }

    @Test
    void refusesWrongShapes() {
        Tensor narrow = zeros(FEWER, 5, 3);
        Tensor wide = zeros(FEWER, 5, 12);
        Tensor odd = zeros(FEWER, 5, 4);
        Tensor shorter = zeros(FEWER, 4, 3);
        Tensor gates = zeros(FEWER, 5, 2);
        assertRefused("gate", () -> gate().gate(wide, odd, narrow), narrow);
        assertRefused("gate", () -> gate().gate(narrow, odd, narrow), odd);
        assertRefused("gate", () -> gate().gate(wide, shorter, wide), shorter);
        assertRefused("addGated", () -> gate().addGated(narrow, wide, odd), odd);
        assertRefused("addGated", () -> gate().addGated(odd, narrow, narrow), odd);
        assertRefused("addGated", () -> gate().addGated(shorter, wide, wide), shorter);
        assertRefused("gateRows", () -> gate().gateRows(narrow, odd, gates, 0), odd);
        assertRefused("gateRows", () -> gate().gateRows(narrow, narrow, shorter, 0), shorter);
        assertRefused("gateRows", () -> gate().gateRows(narrow, narrow, gates, 2), gates);
        assertRefused("gateRows", () -> gate().gateRows(narrow, narrow, gates, -1), gates);
        assertRefused("gateRowsBackward", () -> gate().gateRowsBackward(gates, 0, narrow, odd), odd);
        assertRefused("gateRowsBackward", () -> gate().gateRowsBackward(gates, 2, narrow, narrow), gates);
        assertRefused("gateRowsBackward", () -> gate().gateRowsBackward(shorter, 0, narrow, narrow), shorter);
    }

    @Test
    void membersMustMatch() {
        Members others = Members.of(1, 2);
        Tensor x = zeros(FEWER, 5, 3);
        Tensor missing = zeros(others, 5, 3);
        Tensor shared = zeros(SHARED, 5, 3);

        assertMembersRefused("gate", () -> gate().gate(x, missing, x), others);
        assertMembersRefused("gate", () -> gate().gate(shared, x, x), FEWER);
        assertMembersRefused("addGated", () -> gate().addGated(x, x, missing), others);
        assertMembersRefused("gateRows", () -> gate().gateRows(x, x, missing, 0), others);
        assertMembersRefused("gateRowsBackward", () -> gate().gateRowsBackward(shared, 0, x, x), FEWER);
    }

    private void assertClose(String what, MatrixStack want, Tensor got, int terms) {
        TensorAssert.assertClose(what, want, backend.download(got), Tolerance.ofProducts(terms));
    }
}
