package org.metafusion.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.metafusion.cuda.KernelCall.Results;
import org.metafusion.testkit.LossReference;
import org.metafusion.testkit.LossReference.Loss;
import org.metafusion.testkit.LossReference.Mutual;
import org.metafusion.testkit.Matrix;
import org.metafusion.testkit.Tolerance;

/** What must hold for the kernels of {@code loss.cu}. */
final class LossChecks {

    /** Students, rows, outputs: short and long rows, several rows a block, several steps a tile, a board that spills. */
    private static final int[][] SIZES = {
        {1, 1, 1},
        {1, 7, 2},
        {2, 3, 1},
        {3, 5, 4},
        {4, 33, 3},
        {5, 17, 10},
        {9, 40, 2},
        {3, 2, 65},
        {2, 2, 1500},
        {7, 1, 2000},
        {300, 3, 40},
        {130, 2, 3}
    };

    private LossChecks() {}

    static List<KernelCheck> all() {
        List<KernelCheck> checks = new ArrayList<>();
        for (int[] size : SIZES) {
            for (float rho : new float[] {0f, 0.7f}) {
                for (float temperature : new float[] {1f, 2.5f}) {
                    LossCase c = LossCase.random(size[0], size[1], size[2]).mutual(rho, temperature);
                    checks.add(new KernelCheck("classification " + c, kernels -> classification(kernels, c)));
                }
                LossCase c = LossCase.random(size[0], size[1], size[2]).mutual(rho, 1f);
                checks.add(new KernelCheck("regression " + c, kernels -> regression(kernels, c)));
            }
            LossCase pair = LossCase.random(2, size[1] + 2, size[2]).mutual(0.7f, 1f);
            checks.add(new KernelCheck("cooperative " + pair, kernels -> {
                cooperative(kernels, pair, true);
                cooperative(kernels, pair, false);
            }));
            checks.add(new KernelCheck("inverse rows " + pair, kernels -> inverseRows(kernels, pair)));
        }
        checks.addAll(special());
        return checks;
    }

    private static List<KernelCheck> special() {
        LossCase few = LossCase.random(4, 9, 5).mutual(0.7f, 2f);
        LossCase cohort = LossCase.random(40, 300, 2).mutual(0.5f, 1f);
        return List.of(
                new KernelCheck("several steps a tile", kernels -> classification(kernels, cohort)),
                new KernelCheck("logits of 1e4 and -1e4", kernels -> {
                    classification(kernels, few.withOutputs((s, i) -> (i + s) % 3 == 0 ? 1e4 : -1e4));
                    classification(kernels, few.alone().withOutputs((s, i) -> (i + s) % 3 == 0 ? 1e4 : -1e4));
                }),
                new KernelCheck("equal logits", kernels -> classification(kernels, few.withOutputs((s, i) -> 3))),
                new KernelCheck("students without rows, rows without students", kernels -> {
                    LossCase absent = few.withWeights((s, i) -> s == 1 || i == 4 ? 0 : 1);
                    classification(kernels, absent);
                    classification(kernels, absent.alone());
                    regression(kernels, absent);
                    cooperative(kernels, absent.firstTwo(), true);
                    cooperative(kernels, absent.firstTwo(), false);
                }),
                new KernelCheck("NaN outputs of an absent student reach nobody", kernels -> {
                    LossCase absent = few.withWeights((s, i) -> s == 1 ? 0 : 1);
                    LossCase sound = absent.withOutputs((s, i) -> i % 7);
                    LossCase broken = absent.withOutputs((s, i) -> s == 1 ? Double.NaN : i % 7);
                    assertLoss(sound, classificationWanted(sound), runClassification(kernels, broken));
                    assertLoss(sound, regressionWanted(sound), runRegression(kernels, broken));
                }),
                new KernelCheck("a bad label is reported and gives no gradient", kernels -> badLabels(kernels, few)),
                new KernelCheck("cooperative: a bad label is reported", kernels -> badPairLabels(kernels, few)),
                new KernelCheck("a label no student has a row for is not looked at", kernels -> {
                    LossCase absent = few.withWeights((s, i) -> i == 4 ? 0 : 1);
                    Results got = classificationCall(absent, absent.labelled(4, -7), absent.inverse())
                            .run(kernels);
                    assertThat(got.ints(4)).as("fault").containsExactly(0);
                }));
    }

    private static void classification(CpuKernels kernels, LossCase c) {
        Results got = runClassification(kernels, c);
        assertLoss(c, classificationWanted(c), got);
        assertThat(got.ints(scratchFrom(c) + 1)).as("fault").containsExactly(0);
    }

    private static Results runClassification(CpuKernels kernels, LossCase c) {
        return classificationCall(c, c.labels(), c.inverse()).run(kernels);
    }

    private static Loss classificationWanted(LossCase c) {
        Mutual mutual = new Mutual(c.divergence(), c.rho(), c.temperature());
        return LossReference.classification(c.outputs(), c.labels(), c.weights(), mutual);
    }

    /** Results are gradients, totals, partial sums, the board (if it spills), ticket and fault. */
    private static int scratchFrom(LossCase c) {
        return LossTiles.classification(c.students(), c.n(), c.k(), c.rho() != 0)
                                .spillFloats()
                        > 0
                ? 4
                : 3;
    }

    private static KernelCall classificationCall(LossCase c, Matrix labels, float[] inverse) {
        LossTiles cut = LossTiles.classification(c.students(), c.n(), c.k(), c.rho() != 0);
        KernelCall call = KernelCall.of("classification_f32").inOneRowOfBlocks();
        call.write(c.students(), c.n() * c.k())
                .update(c.totals())
                .read(c.stack())
                .readArray(Stack.floats(labels.values()))
                .read(Stack.of(c.weights()).matrices());
        divergence(call, c)
                .value(c.students(), c.n(), c.k())
                .value(c.rho(), c.temperature())
                .readArray(inverse);
        return scratch(call, cut).updateInts(0);
    }

    /** Null where it must not be read. */
    private static KernelCall divergence(KernelCall call, LossCase c) {
        return c.rho() == 0f
                ? call.raw(0)
                : call.readArray(Stack.floats(c.divergence().values()));
    }

    private static KernelCall scratch(KernelCall call, LossTiles cut) {
        call.shared(cut.sharedBytes()).writeArray(Math.toIntExact(cut.partialFloats()));
        if (cut.spillFloats() > 0) {
            call.writeArray(Math.toIntExact(cut.spillFloats()));
        } else {
            call.raw(0);
        }
        return call.updateInts(0);
    }

    private static void regression(CpuKernels kernels, LossCase c) {
        assertLoss(c, regressionWanted(c), runRegression(kernels, c));
    }

    private static Loss regressionWanted(LossCase c) {
        return LossReference.regression(c.outputs(), c.targets(), c.weights(), new Mutual(c.divergence(), c.rho(), 1));
    }

    private static Results runRegression(CpuKernels kernels, LossCase c) {
        LossTiles cut = LossTiles.regression(c.students(), c.n(), c.k(), c.rho() != 0);
        KernelCall call = KernelCall.of("regression_f32").inOneRowOfBlocks();
        call.write(c.students(), c.n() * c.k())
                .update(c.totals())
                .read(c.stack())
                .readArray(Stack.floats(c.targets().values()))
                .read(Stack.of(c.weights()).matrices());
        divergence(call, c).value(c.students(), c.n(), c.k()).value(c.rho()).readArray(c.inverse());
        return scratch(call, cut).run(kernels);
    }

    private static void cooperative(CpuKernels kernels, LossCase c, boolean classification) {
        Matrix targets = classification ? c.labels() : c.targets();
        Results got =
                cooperativeCall(c, targets, c.inverseTogether(), classification).run(kernels);
        Loss want = LossReference.cooperative(c.outputs(), targets, c.weights(), c.rho(), classification);
        assertLoss(c, want, got);
    }

    private static KernelCall cooperativeCall(LossCase c, Matrix targets, float inverse, boolean classification) {
        LossTiles cut = LossTiles.cooperative(c.n(), c.k());
        KernelCall call = KernelCall.of(
                        classification ? "cooperative_classification_f32" : "cooperative_regression_f32")
                .inOneRowOfBlocks()
                .shared(cut.sharedBytes())
                .write(2, c.n() * c.k())
                .update(c.totals())
                .read(c.stack())
                .readArray(Stack.floats(targets.values()))
                .read(Stack.of(c.weights()).matrices())
                .value(c.n(), c.k())
                .value(c.rho())
                .readArray(inverse)
                .writeArray(Math.toIntExact(cut.partialFloats()))
                .updateInts(0);
        return classification ? call.updateInts(0) : call;
    }

    /** Gradients, totals (which are added to) and a ticket ready for the next launch. */
    private static void assertLoss(LossCase c, Loss want, Results got) {
        double outputs = c.magnitude();
        Tolerance gradients = Tolerance.ofProducts(c.students()).withFloor(outputs / c.n());
        for (int s = 0; s < c.students(); s++) {
            double[] gradient = want.dOutputs().get(s).values();
            Stack.assertClose("gradient of " + s, got.floats(0, s), gradients, i -> gradient[i]);
            double[] totals = {want.task()[s] + c.totals()[s][0], want.divergence()[s] + c.totals()[s][1]};
            double floor = Math.max(1, c.n() * outputs);
            Stack.assertClose("totals of " + s, got.floats(1, s), new Tolerance(2e-5, floor), column -> totals[column]);
        }
        int ticket = got.written().get(3).length == 1 && got.written().get(3)[0].length == 1 ? 3 : 4;
        assertThat(got.ints(ticket)).as("ticket").containsExactly(0);
    }

    private static void inverseRows(CpuKernels kernels, LossCase c) {
        for (int together = 0; together < 2; together++) {
            Results got = KernelCall.of("inverse_rows_f32")
                    .writeArray(together == 1 ? 1 : 2)
                    .read(Stack.of(c.weights()).matrices())
                    .value(2, c.n(), together)
                    .inOneRowOfBlocks()
                    .run(kernels);
            float[] want = together == 1 ? new float[] {c.inverseTogether()} : c.inverse();
            Stack.assertSame("inverse", got.floats(0, 0), i -> want[i]);
        }
    }

    private static void badLabels(CpuKernels kernels, LossCase c) {
        LossCase without = c.withWeights((s, i) -> i == 3 ? 0 : 1);
        LossCase all = c.withWeights((s, i) -> 1);
        Mutual mutual = new Mutual(c.divergence(), c.rho(), c.temperature());
        for (double bad : new double[] {-1, c.k(), 1.5, Double.NaN, 1e30}) {
            Results got = classificationCall(all, all.labelled(3, bad), without.inverse())
                    .run(kernels);
            assertLoss(c, LossReference.classification(c.outputs(), c.labels(), without.weights(), mutual), got);
            assertThat(got.ints(4)).as("fault for label " + bad).containsExactly(4);
        }
    }

    private static void badPairLabels(CpuKernels kernels, LossCase c) {
        LossCase pair = c.firstTwo();
        LossCase without = pair.withWeights((s, i) -> i == 3 ? 0 : 1);
        LossCase all = pair.withWeights((s, i) -> 1);
        Results got = cooperativeCall(all, all.labelled(3, 5), without.inverseTogether(), true)
                .run(kernels);
        Loss want = LossReference.cooperative(pair.outputs(), pair.labels(), without.weights(), c.rho(), true);
        assertLoss(pair, want, got);
        assertThat(got.ints(4)).as("fault").containsExactly(4);
    }
}
