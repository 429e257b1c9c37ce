package org.metafusion.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.OptimizerKernels.ParameterLayout;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.testkit.OptimizerReference.State;

/** What every backend's {@link OptimizerKernels} must do: {@link OptimizerReference} on the parts of a layout alone. */
public abstract class OptimizerKernelsContract extends BackendContract {

    private static final int SIZE = 1003;

    /** Parts of 200, 323, 1 and 65 elements, not in order and with gaps between. */
    private static final ParameterLayout LAYOUT =
            new ParameterLayout(Members.of(0, 2, 5, 6), new int[] {700, 900, 10, 333, 400, 401, 938, SIZE});

    private OptimizerKernels optimizer() {
        return backend.optimizer();
    }

    static Stream<AdamW> settings() {
        return Stream.of(
                AdamW.of(1e-3f, 0, 1),
                AdamW.of(1e-3f, 0.01f, 2),
                new AdamW(0.1f, 0.9f, 0.99f, 0.1f, 0.5f, 3),
                new AdamW(3e-4f, 0, 0, 1e-6f, 0, 1),
                AdamW.of(1e-2f, 0.1f, 10),
                AdamW.of(1e-3f, 0.01f, 1_000),
                AdamW.of(1e-3f, 0.01f, 1_000_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void adamWUpdatesThePartsOfItsLayoutAlone(AdamW step) {
        for (double scale : new double[] {1, 1e-4, 0}) {
            Matrix gradients = inParts(Matrix.random(1, SIZE, random).map(g -> (float) (scale * g)));
            Matrix p = inParts(Matrix.random(1, SIZE, random));
            Matrix m = inParts(Matrix.random(1, SIZE, random).map(mean -> (float) (scale * mean)));
            Matrix v =
                    inParts(Matrix.random(1, SIZE, random).map(root -> (float) (scale * scale * (root * root + 0.01))));
            Tensor parameters = upload(MatrixStack.shared(p));
            Tensor mean = upload(MatrixStack.shared(m));
            Tensor meanSquare = upload(MatrixStack.shared(v));

            optimizer().adamW(parameters, upload(MatrixStack.shared(gradients)), mean, meanSquare, LAYOUT, step);

            State want = new State(p.values(), m.values(), v.values());
            for (int part = 0; part < LAYOUT.members().count(); part++) {
                OptimizerReference.adamW(
                        want, gradients.values(), LAYOUT.bounds()[2 * part], LAYOUT.bounds()[2 * part + 1], step);
            }
            assertState(want, parameters, mean, meanSquare, step, scale);
        }
    }

    @Test
    void stepsFollowEachOther() {
        State want = State.initial(Matrix.random(1, SIZE, random).values());
        Tensor parameters = upload(MatrixStack.shared(Matrix.of(1, SIZE, want.parameters())));
        Tensor m = zeros(Members.SHARED, 1, SIZE);
        Tensor v = zeros(Members.SHARED, 1, SIZE);
        ParameterLayout everything = new ParameterLayout(Members.of(3), new int[] {0, SIZE});
        for (int t = 1; t <= 20; t++) {
            AdamW step = AdamW.of(0.01f, 0.05f, t);
            Matrix gradients = Matrix.random(1, SIZE, random);
            optimizer().adamW(parameters, upload(MatrixStack.shared(gradients)), m, v, everything, step);
            OptimizerReference.adamW(want, gradients.values(), 0, SIZE, step);
        }
        TensorAssert.assertClose("p", want.parameters(), backend.download(parameters), new Tolerance(1e-5, 1));
        TensorAssert.assertClose("m", want.m(), backend.download(m), new Tolerance(1e-5, 0.1));
        TensorAssert.assertClose("v", want.v(), backend.download(v), new Tolerance(1e-5, 0.1));
    }

    @Test
    void copyCopiesThePartsOfItsLayoutAlone() {
        Matrix source = Matrix.random(1, SIZE, random);
        Matrix parts = inParts(source);
        Tensor target = upload(poison(Members.SHARED, 1, SIZE));

        optimizer().copy(target, upload(MatrixStack.shared(source)), LAYOUT);

        TensorAssert.assertSameBits("target", MatrixStack.shared(parts).floats(), backend.download(target));
    }

    @Test
    void rescaleGoesPartOfTheWayOnThePartsOfItsLayoutAlone() {
        Matrix target = inParts(Matrix.random(1, SIZE, random));
        Matrix origin = inParts(Matrix.random(1, SIZE, random));
        MatrixStack factors = MatrixStack.random(Members.of(0, 1, 2, 5, 6), 1, 1, random);
        Tensor got = upload(MatrixStack.shared(target));

        optimizer().rescale(got, upload(MatrixStack.shared(origin)), upload(factors), LAYOUT);

        double[] want = target.values();
        for (int part = 0; part < LAYOUT.members().count(); part++) {
            double factor = factors.matrix(LAYOUT.members().student(part)).get(0, 0);
            for (int i = LAYOUT.bounds()[2 * part]; i < LAYOUT.bounds()[2 * part + 1]; i++) {
                want[i] = origin.get(0, i) + factor * (want[i] - origin.get(0, i));
            }
        }
        TensorAssert.assertClose("target", want, backend.download(got), new Tolerance(1e-6, 10));
    }

    @Test
    void rescaleByOneAndZeroGoesAllTheWayAndNone() {
        Matrix target = inParts(Matrix.random(1, SIZE, random).map(OptimizerKernelsContract::wholeNumber));
        Matrix origin = inParts(Matrix.random(1, SIZE, random).map(OptimizerKernelsContract::wholeNumber));
        for (double factor : new double[] {1, 0}) {
            Tensor got = upload(MatrixStack.shared(target));
            Tensor factors = upload(MatrixStack.filled(LAYOUT.members(), 1, 1, factor));
            optimizer().rescale(got, upload(MatrixStack.shared(origin)), factors, LAYOUT);
            Matrix want = factor == 1 ? target : origin;
            TensorAssert.assertSameBits("target", MatrixStack.shared(want).floats(), backend.download(got));
        }
    }

    /** Never the negative 0, which another way of rounding may turn into 0. */
    private static double wholeNumber(double value) {
        return Math.rint(value) + 0.0;
    }

    @Test
    void noiseHasTheDeviationOfEachPart() {
        for (double scale : new double[] {1, 1e-4}) {
            Matrix before = inParts(Matrix.random(1, SIZE, random).map(g -> (float) (scale * g)));
            Tensor got = upload(MatrixStack.shared(before));

            optimizer().addNoise(got, LAYOUT, 0x0123_4567_89AB_CDEFL);

            double[] want = before.values();
            for (int part = 0; part < LAYOUT.members().count(); part++) {
                OptimizerReference.addNoise(
                        want,
                        LAYOUT.bounds()[2 * part],
                        LAYOUT.bounds()[2 * part + 1],
                        0x0123_4567_89AB_CDEFL,
                        LAYOUT.members().student(part));
            }
            TensorAssert.assertClose("target", want, backend.download(got), new Tolerance(1e-5, 10 * scale));
        }
    }

    @Test
    void factorsMustBeOneNumberAStudent() {
        Tensor target = zeros(Members.SHARED, 1, SIZE);
        Tensor origin = zeros(Members.SHARED, 1, SIZE);
        for (Tensor bad : List.of(zeros(Members.SHARED, 1, 1), zeros(LAYOUT.members(), 1, 2))) {
            assertRefused("rescale", () -> optimizer().rescale(target, origin, bad, LAYOUT), bad);
        }
        Tensor others = zeros(Members.of(0, 2), 1, 1);
        assertMembersRefused(
                "rescale",
                () -> optimizer().rescale(target, origin, others, LAYOUT),
                LAYOUT.members(),
                others.members());
    }

    @Test
    void buffersMustBeSharedRowsOfOneSize() {
        Tensor good = zeros(Members.SHARED, 1, SIZE);
        List<Tensor> wrong = List.of(
                zeros(Members.SHARED, 1, SIZE - 1),
                zeros(Members.SHARED, 1, SIZE + 1),
                zeros(Members.SHARED, SIZE, 1),
                zeros(Members.of(0), 1, SIZE));
        AdamW step = AdamW.of(1e-3f, 0, 1);
        for (Tensor bad : wrong) {
            for (int place = 0; place < 4; place++) {
                List<Tensor> operands = new ArrayList<>(List.of(
                        good,
                        zeros(Members.SHARED, 1, SIZE),
                        zeros(Members.SHARED, 1, SIZE),
                        zeros(Members.SHARED, 1, SIZE)));
                operands.set(place, bad);
                assertRefused(
                        "adamW",
                        () -> optimizer()
                                .adamW(
                                        operands.get(0),
                                        operands.get(1),
                                        operands.get(2),
                                        operands.get(3),
                                        LAYOUT,
                                        step),
                        bad);
            }
            assertRefused("copy", () -> optimizer().copy(bad, good, LAYOUT), bad);
            assertRefused("copy", () -> optimizer().copy(good, bad, LAYOUT), bad);
            Tensor factors = zeros(LAYOUT.members(), 1, 1);
            assertRefused("rescale", () -> optimizer().rescale(good, bad, factors, LAYOUT), bad);
        }
        assertRefused("addNoise", () -> optimizer().addNoise(wrong.get(2), LAYOUT, 1), wrong.get(2));
        assertRefused("addNoise", () -> optimizer().addNoise(wrong.get(3), LAYOUT, 1), wrong.get(3));
    }

    @Test
    void partsMustLieInsideTheBuffers() {
        Tensor p = zeros(Members.SHARED, 1, 10);
        Tensor g = zeros(Members.SHARED, 1, 10);
        Tensor m = zeros(Members.SHARED, 1, 10);
        Tensor v = zeros(Members.SHARED, 1, 10);
        for (int[] bounds : new int[][] {{0, 5, 5, 11}, {-1, 5, 6, 8}, {0, 5, 8, 6}}) {
            ParameterLayout layout = new ParameterLayout(Members.of(0, 1), bounds);
            assertRefused("adamW", () -> optimizer().adamW(p, g, m, v, layout, AdamW.of(1e-3f, 0, 1)));
            assertRefused("copy", () -> optimizer().copy(p, g, layout));
            assertRefused("addNoise", () -> optimizer().addNoise(p, layout, 1));
        }
    }

    /** The values inside the layout's parts, NaN outside: what is read or written there shows. */
    private static Matrix inParts(Matrix values) {
        Matrix poisoned = Matrix.filled(1, SIZE, Double.NaN);
        int[] bounds = LAYOUT.bounds();
        for (int part = 0; part < bounds.length; part += 2) {
            for (int i = bounds[part]; i < bounds[part + 1]; i++) {
                poisoned.set(0, i, values.get(0, i));
            }
        }
        return poisoned;
    }

    /**
     * Parameters may be off by two or three float32 roundings of their own, or 4e-5 of a step's size: a plain
     * {@code 2e-5} would hide an error of 2 % in a step of 1e-3.
     */
    private void assertState(State want, Tensor parameters, Tensor m, Tensor v, AdamW step, double scale) {
        String what = ", gradients around " + scale;
        Tolerance roundings = new Tolerance(4e-7, 100 * step.learningRate());
        TensorAssert.assertClose("p" + what, want.parameters(), backend.download(parameters), roundings);
        TensorAssert.assertClose("m" + what, want.m(), backend.download(m), new Tolerance(1e-6, 10 * scale));
        TensorAssert.assertClose("v" + what, want.v(), backend.download(v), new Tolerance(1e-6, scale * scale / 100));
    }
}
