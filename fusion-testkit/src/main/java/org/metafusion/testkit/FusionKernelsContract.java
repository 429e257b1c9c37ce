package org.metafusion.testkit;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.FusionKernels;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.testkit.FusionReference.Gradients;

/** What every backend's {@link FusionKernels} must do: {@link FusionReference} over stacks of any membership. */
public abstract class FusionKernelsContract extends BackendContract {

    private static final Members SOME = Members.of(0, 1, 3, 4);
    private static final Members FEWER = Members.of(1, 3);
    private static final Members SHARED = Members.SHARED;

    /** Sizes {@code n, d, e} and who has the fused output, x and y. */
    record FusionCase(int n, int d, int e, Members fused, Members x, Members y) {
        @Override
        public String toString() {
            return "n=" + n + " d=" + d + " e=" + e + " fused=" + fused + " x=" + x + " y=" + y;
        }
    }

    static Stream<FusionCase> fusions() {
        int[][] sizes = {{1, 1, 1}, {2, 3, 4}, {31, 7, 33}, {5, 64, 32}, {65, 33, 17}, {3, 1, 130}};
        Members even = Members.of(IntStream.range(0, 12).map(i -> 2 * i).toArray());
        return Stream.of(sizes)
                .flatMap(size -> Stream.of(
                                List.of(Members.all(1), Members.all(1), Members.all(1)),
                                List.of(Members.all(2), SHARED, SHARED),
                                List.of(Members.all(3), Members.all(3), SHARED),
                                List.of(FEWER, SHARED, SOME),
                                List.of(FEWER, SOME, Members.of(1, 2, 3)),
                                List.of(even, Members.all(24), Members.all(24)))
                        .map(who -> new FusionCase(size[0], size[1], size[2], who.get(0), who.get(1), who.get(2))));
    }

    /** Sizes {@code n, d, e, width} and who has the weights, x and y. */
    record BilinearCase(int n, int d, int e, int width, Members w, Members x, Members y) {
        @Override
        public String toString() {
            return "n=" + n + " d=" + d + " e=" + e + " width=" + width + " w=" + w + " x=" + x + " y=" + y;
        }
    }

    static Stream<BilinearCase> bilinears() {
        int[][] sizes = {{1, 1, 1, 1}, {2, 3, 4, 5}, {31, 7, 33, 17}, {5, 33, 7, 32}, {33, 16, 16, 3}, {3, 1, 130, 9}};
        return Stream.of(sizes)
                .flatMap(size -> Stream.of(
                                List.of(Members.all(1), Members.all(1), Members.all(1)),
                                List.of(Members.all(2), SHARED, SHARED),
                                List.of(FEWER, SHARED, SOME))
                        .map(who -> new BilinearCase(
                                size[0], size[1], size[2], size[3], who.get(0), who.get(1), who.get(2))));
    }

    private FusionKernels fusion() {
        return backend.fusion();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fusions")
    void productForwardOverwrites(FusionCase shape) {
        MatrixStack x = random(shape.x, shape.n, shape.d);
        MatrixStack y = random(shape.y, shape.n, shape.d);
        Tensor fused = upload(poison(shape.fused, shape.n, 2 * shape.d));

        fusion().productForward(fused, upload(x), upload(y));

        assertClose(
                "fused",
                MatrixStack.of(shape.fused, s -> FusionReference.productForward(x.matrix(s), y.matrix(s))),
                fused,
                1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fusions")
    void productBackwardOverwrites(FusionCase shape) {
        MatrixStack x = random(shape.x, shape.n, shape.d);
        MatrixStack y = random(shape.y, shape.n, shape.d);
        MatrixStack dFused = random(shape.fused, shape.n, 2 * shape.d);
        Tensor dX = upload(poison(shape.fused, shape.n, shape.d));
        Tensor dY = upload(poison(shape.fused, shape.n, shape.d));

        fusion().productBackward(dX, dY, upload(dFused), upload(x), upload(y));

        assertGradients(
                shape.fused,
                s -> FusionReference.productBackward(dFused.matrix(s), x.matrix(s), y.matrix(s)),
                dX,
                dY,
                1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fusions")
    void tensorForwardOverwrites(FusionCase shape) {
        for (boolean augmented : new boolean[] {false, true}) {
            MatrixStack x = random(shape.x, shape.n, shape.d);
            MatrixStack y = random(shape.y, shape.n, shape.e);
            Tensor fused = upload(poison(shape.fused, shape.n, tensorWidth(shape.d, shape.e, augmented)));

            fusion().tensorForward(fused, upload(x), upload(y), augmented);

            assertClose(
                    "fused, augmented=" + augmented,
                    MatrixStack.of(
                            shape.fused, s -> FusionReference.tensorForward(x.matrix(s), y.matrix(s), augmented)),
                    fused,
                    1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fusions")
    void tensorBackwardOverwrites(FusionCase shape) {
        for (boolean augmented : new boolean[] {false, true}) {
            MatrixStack x = random(shape.x, shape.n, shape.d);
            MatrixStack y = random(shape.y, shape.n, shape.e);
            MatrixStack dFused = random(shape.fused, shape.n, tensorWidth(shape.d, shape.e, augmented));
            Tensor dX = upload(poison(shape.fused, shape.n, shape.d));
            Tensor dY = upload(poison(shape.fused, shape.n, shape.e));

            fusion().tensorBackward(dX, dY, upload(dFused), upload(x), upload(y), augmented);

            assertGradients(
                    shape.fused,
                    s -> FusionReference.tensorBackward(dFused.matrix(s), x.matrix(s), y.matrix(s), augmented),
                    dX,
                    dY,
                    Math.max(shape.d, shape.e) + 1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bilinears")
    void bilinearIsTensorFusionAndADenseLayer(BilinearCase shape) {
        for (boolean augmented : new boolean[] {false, true}) {
            MatrixStack x = random(shape.x, shape.n, shape.d);
            MatrixStack y = random(shape.y, shape.n, shape.e);
            MatrixStack w = random(shape.w, tensorWidth(shape.d, shape.e, augmented), shape.width);
            MatrixStack out = random(shape.w, shape.n, shape.width);
            MatrixStack dOut = random(shape.w, shape.n, shape.width);
            Tensor got = upload(out);
            Tensor dW = upload(poison(shape.w, w.rows(), shape.width));
            Tensor dX = upload(poison(shape.w, shape.n, shape.d));
            Tensor dY = upload(poison(shape.w, shape.n, shape.e));

            fusion().bilinear(got, upload(x), upload(y), upload(w), augmented);
            fusion().bilinearWeightBackward(dW, upload(x), upload(y), upload(dOut), augmented);
            fusion().bilinearInputBackward(dX, dY, upload(dOut), upload(x), upload(y), upload(w), augmented);

            IntFunction<Matrix> fused = s -> FusionReference.tensorForward(x.matrix(s), y.matrix(s), augmented);
            assertClose(
                    "out",
                    MatrixStack.of(shape.w, s -> DenseReference.multiply(out.matrix(s), fused.apply(s), w.matrix(s))),
                    got,
                    w.rows());
            assertClose(
                    "dW",
                    MatrixStack.of(shape.w, s -> DenseReference.weightBackward(fused.apply(s), dOut.matrix(s))),
                    dW,
                    shape.n);
            assertGradients(
                    shape.w,
                    s -> FusionReference.tensorBackward(
                            DenseReference.inputBackward(dOut.matrix(s), w.matrix(s)),
                            x.matrix(s),
                            y.matrix(s),
                            augmented),
                    dX,
                    dY,
                    shape.width * (shape.d + shape.e));
        }
    }

    @Test
    void bilinearRefusesWrongShapesAndMembers() {
        Tensor x = zeros(FEWER, 5, 3);
        Tensor y = zeros(FEWER, 5, 4);
        Tensor w = zeros(FEWER, 12, 2);
        Tensor out = zeros(FEWER, 5, 2);
        Tensor wide = zeros(FEWER, 20, 2);
        Tensor shorter = zeros(FEWER, 4, 4);
        assertRefused("bilinear", () -> fusion().bilinear(out, x, y, wide, false), wide);
        assertRefused("bilinear", () -> fusion().bilinear(out, x, y, w, true), w);
        assertRefused("bilinear", () -> fusion().bilinear(out, x, shorter, w, false), shorter);
        assertRefused("bilinearWeightBackward", () -> fusion().bilinearWeightBackward(wide, x, y, out, false), wide);
        assertRefused(
                "bilinearWeightBackward", () -> fusion().bilinearWeightBackward(w, shorter, y, out, false), shorter);
        Tensor dX = zeros(FEWER, 5, 3);
        Tensor dY = zeros(FEWER, 5, 4);
        assertRefused(
                "bilinearInputBackward", () -> fusion().bilinearInputBackward(dX, dY, out, x, y, wide, false), wide);
        assertRefused(
                "bilinearInputBackward",
                () -> fusion().bilinearInputBackward(shorter, dY, out, x, y, w, false),
                shorter);
        Members others = Members.of(1, 2);
        Tensor missing = zeros(others, 5, 3);
        assertMembersRefused("bilinear", () -> fusion().bilinear(out, missing, y, w, false), others);
        assertMembersRefused(
                "bilinearWeightBackward", () -> fusion().bilinearWeightBackward(w, missing, y, out, false), others);
        assertMembersRefused(
                "bilinearInputBackward", () -> fusion().bilinearInputBackward(missing, dY, out, x, y, w, false), FEWER);
        assertMembersRefused(
                "bilinearInputBackward",
                () -> fusion().bilinearInputBackward(missing, zeros(others, 5, 4), out, x, y, w, false),
                others);
        Tensor shared = zeros(SHARED, 5, 2);
        assertMembersRefused("bilinear", () -> fusion().bilinear(shared, x, y, w, false), SHARED);
    }

    @Test
    void productRefusesWrongShapes() {
        Tensor x = zeros(FEWER, 5, 3);
        Tensor dX = zeros(FEWER, 5, 3);
        Tensor dY = zeros(FEWER, 5, 3);
        Tensor fused = zeros(FEWER, 5, 6);
        for (Tensor y : new Tensor[] {zeros(FEWER, 5, 4), zeros(FEWER, 4, 3), zeros(FEWER, 3, 5)}) {
            assertRefused("productForward", () -> fusion().productForward(fused, x, y), y);
            assertRefused("productBackward", () -> fusion().productBackward(dX, dY, fused, x, y), y);
        }
        for (Tensor wrong : new Tensor[] {zeros(FEWER, 5, 3), zeros(FEWER, 4, 6), zeros(FEWER, 5, 9)}) {
            assertRefused("productForward", () -> fusion().productForward(wrong, x, x), wrong);
        }
        Tensor wide = zeros(FEWER, 5, 4);
        assertRefused("productBackward", () -> fusion().productBackward(wide, dY, fused, x, x), wide);
        assertRefused("productBackward", () -> fusion().productBackward(dX, wide, fused, x, x), wide);
    }

    @Test
    void tensorRefusesWrongShapes() {
        Tensor x = zeros(FEWER, 5, 3);
        Tensor y = zeros(FEWER, 5, 4);
        Tensor plain = zeros(FEWER, 5, 12);
        Tensor augmented = zeros(FEWER, 5, 20);
        assertRefused("tensorForward", () -> fusion().tensorForward(plain, x, y, true), plain);
        assertRefused("tensorForward", () -> fusion().tensorForward(augmented, x, y, false), augmented);
        Tensor shorter = zeros(FEWER, 4, 4);
        assertRefused("tensorForward", () -> fusion().tensorForward(plain, x, shorter, false), shorter);
        Tensor dX = zeros(FEWER, 5, 3);
        Tensor dY = zeros(FEWER, 5, 4);
        assertRefused("tensorBackward", () -> fusion().tensorBackward(dX, dY, plain, x, y, true), plain);
        assertRefused("tensorBackward", () -> fusion().tensorBackward(dX, shorter, plain, x, y, false), shorter);
        assertRefused("tensorBackward", () -> fusion().tensorBackward(shorter, dY, plain, x, y, false), shorter);
    }

    @Test
    void membersMustMatch() {
        Members others = Members.of(1, 2);
        Tensor x = zeros(FEWER, 5, 3);
        Tensor dX = zeros(FEWER, 5, 3);
        Tensor dY = zeros(FEWER, 5, 3);
        Tensor missing = zeros(others, 5, 3);
        Tensor product = zeros(FEWER, 5, 6);
        Tensor outer = zeros(FEWER, 5, 9);

        assertMembersRefused("productForward", () -> fusion().productForward(product, x, missing), others);
        assertMembersRefused("productBackward", () -> fusion().productBackward(dX, dY, product, missing, x), others);
        assertMembersRefused("productBackward", () -> fusion().productBackward(missing, dY, product, x, x), others);
        assertMembersRefused("tensorForward", () -> fusion().tensorForward(outer, missing, x, false), others);
        assertMembersRefused("tensorBackward", () -> fusion().tensorBackward(dX, dY, outer, x, missing, false), others);
        assertMembersRefused("tensorBackward", () -> fusion().tensorBackward(dX, missing, outer, x, x, false), others);
    }

    @Test
    void severalStudentsMayNotWriteOneSharedMatrix() {
        Tensor x = zeros(FEWER, 5, 3);
        Tensor dX = zeros(FEWER, 5, 3);
        Tensor shared = zeros(SHARED, 5, 3);
        Tensor product = zeros(FEWER, 5, 6);
        Tensor outer = zeros(FEWER, 5, 9);
        Tensor sharedProduct = zeros(SHARED, 5, 6);

        assertMembersRefused("productBackward", () -> fusion().productBackward(shared, dX, product, x, x), SHARED);
        assertMembersRefused("tensorBackward", () -> fusion().tensorBackward(dX, shared, outer, x, x, false), SHARED);
        assertMembersRefused("productForward", () -> fusion().productForward(sharedProduct, x, x), SHARED);
    }

    private static int tensorWidth(int d, int e, boolean augmented) {
        return augmented ? (d + 1) * (e + 1) : d * e;
    }

    private void assertGradients(Members members, IntFunction<Gradients> want, Tensor dX, Tensor dY, int terms) {
        assertClose("dX", MatrixStack.of(members, s -> want.apply(s).dX()), dX, terms);
        assertClose("dY", MatrixStack.of(members, s -> want.apply(s).dY()), dY, terms);
    }

    private void assertClose(String what, MatrixStack want, Tensor got, int terms) {
        TensorAssert.assertClose(what, want, backend.download(got), Tolerance.ofProducts(terms));
    }
}
