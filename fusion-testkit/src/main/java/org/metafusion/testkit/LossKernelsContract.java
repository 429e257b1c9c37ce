package org.metafusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.tensor.LossKernels;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.testkit.LossReference.Loss;
import org.metafusion.testkit.LossReference.Mutual;

/** What every backend's {@link LossKernels} must do: {@link LossReference} for cohorts of any size, and refusals. */
public abstract class LossKernelsContract extends LossRefusals {

    private static final float[] RHOS = {0, 0.7f, 3};
    private static final float[] TEMPERATURES = {0.5f, 1, 3};

    /** Who lacks inputs for which rows. */
    private enum Mask {
        NOBODY,
        SOME_ROWS,
        ALL_FOR_SOME_ROWS,
        THE_FIRST_STUDENT_ALWAYS,
        EVERYBODY_ALWAYS;

        MatrixStack weights(Members members, int n, Random random) {
            return MatrixStack.of(
                    this == ALL_FOR_SOME_ROWS ? Members.SHARED : members,
                    student -> Matrix.zeros(n, 1).map(ignored -> switch (this) {
                        case NOBODY -> 1;
                        case SOME_ROWS, ALL_FOR_SOME_ROWS -> random.nextInt(2);
                        case THE_FIRST_STUDENT_ALWAYS -> student == members.student(0) ? 0 : 1;
                        case EVERYBODY_ALWAYS -> 0;
                    }));
        }
    }

    /** {@code n} rows, {@code k} outputs. */
    record LossCase(int n, int k, Members members) {
        @Override
        public String toString() {
            return "n=" + n + " k=" + k + " students=" + members;
        }
    }

    /** A call's operands on the device, beside what it must give. */
    private record Call(String what, Tensor dOutputs, Tensor totals, MatrixStack outputs, Tolerance gradient) {}

    static Stream<LossCase> cohorts() {
        return Stream.of(Members.all(1), Members.all(2), Members.of(1, 3, 4), Members.all(24))
                .flatMap(LossKernelsContract::ofEverySize);
    }

    static Stream<LossCase> couples() {
        return Stream.of(Members.all(2), Members.of(2, 5)).flatMap(LossKernelsContract::ofEverySize);
    }

    private static Stream<LossCase> ofEverySize(Members members) {
        int[][] sizes = {{1, 1}, {1, 2}, {2, 3}, {7, 4}, {33, 10}, {257, 5}, {5, 130}};
        return Stream.of(sizes).map(size -> new LossCase(size[0], size[1], members));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cohorts")
    void classification(LossCase cohort) {
        Matrix labels = labels(cohort);
        for (Mask mask : Mask.values()) {
            for (float temperature : TEMPERATURES) {
                for (float rho : RHOS) {
                    assertClassification(
                            cohort, random(cohort.members, cohort.n, cohort.k), labels, mask, rho, temperature);
                }
            }
        }
    }

    @ParameterizedTest(name = "temperature={0}")
    @ValueSource(floats = {0.5f, 1, 3})
    void classificationOfExtremeLogitsIsFinite(float temperature) {
        double[] extremes = {1e4, -1e4, 0, 1e4};
        for (LossCase cohort : cohorts().toList()) {
            MatrixStack logits = MatrixStack.of(
                    cohort.members, s -> Matrix.zeros(cohort.n, cohort.k).map(ignored -> extremes[random.nextInt(4)]));
            assertClassification(cohort, logits, labels(cohort), Mask.NOBODY, 0.7f, temperature);
        }
    }

    private void assertClassification(
            LossCase cohort, MatrixStack logits, Matrix labels, Mask mask, float rho, float temperature) {
        MatrixStack weights = mask.weights(cohort.members, cohort.n, random);
        Mutual mutual = mutual(cohort.members.count(), rho, temperature);
        double magnitude = (1 + rho * temperature) / cohort.n;
        Call call = call(
                "mask=" + mask + " rho=" + rho + " temperature=" + temperature,
                logits,
                Tolerance.FLOAT32.withFloor(magnitude));

        loss().classification(
                        call.dOutputs,
                        call.totals,
                        upload(logits),
                        upload(MatrixStack.shared(labels)),
                        upload(weights),
                        new MutualTerm(upload(MatrixStack.shared(mutual.divergence())), rho, temperature));

        assertLoss(
                call, LossReference.classification(logits.matrices(), labels, each(cohort.members, weights), mutual));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cohorts")
    void regression(LossCase cohort) {
        MatrixStack targets = random(Members.SHARED, cohort.n, cohort.k);
        for (Mask mask : Mask.values()) {
            for (float rho : RHOS) {
                MatrixStack outputs = random(cohort.members, cohort.n, cohort.k);
                MatrixStack weights = mask.weights(cohort.members, cohort.n, random);
                Mutual mutual = mutual(cohort.members.count(), rho, 1);
                double magnitude = (1 + rho) / cohort.n / cohort.k;
                Call call = call("mask=" + mask + " rho=" + rho, outputs, Tolerance.FLOAT32.withFloor(magnitude));

                loss().regression(
                                call.dOutputs,
                                call.totals,
                                upload(outputs),
                                upload(targets),
                                upload(weights),
                                new MutualTerm(upload(MatrixStack.shared(mutual.divergence())), rho, 1));

                assertLoss(
                        call,
                        LossReference.regression(
                                outputs.matrices(), targets.matrix(0), each(cohort.members, weights), mutual));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("couples")
    void cooperativeClassification(LossCase couple) {
        assertCooperative(couple, MatrixStack.shared(labels(couple)), true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("couples")
    void cooperativeRegression(LossCase couple) {
        assertCooperative(couple, random(Members.SHARED, couple.n, couple.k), false);
    }

    private void assertCooperative(LossCase couple, MatrixStack targets, boolean classification) {
        for (Mask mask : Mask.values()) {
            for (float rho : RHOS) {
                MatrixStack outputs = random(couple.members, couple.n, couple.k);
                MatrixStack weights = mask.weights(couple.members, couple.n, random);
                double magnitude = (1 + rho) / couple.n / couple.k;
                Call call = call("mask=" + mask + " rho=" + rho, outputs, Tolerance.FLOAT32.withFloor(magnitude));

                loss().cooperative(
                                call.dOutputs,
                                call.totals,
                                upload(outputs),
                                upload(targets),
                                upload(weights),
                                rho,
                                classification);

                assertLoss(
                        call,
                        LossReference.cooperative(
                                outputs.matrices(),
                                targets.matrix(0),
                                each(couple.members, weights),
                                rho,
                                classification));
            }
        }
    }

    @ParameterizedTest(name = "classification={0}")
    @ValueSource(booleans = {true, false})
    void aDivergedStudentThatNobodyLearnsFromHarmsNoOther(boolean isClassification) {
        Members members = Members.all(6);
        int diverged = 2;
        LossCase cohort = new LossCase(33, 10, members);
        MatrixStack outputs = random(members, cohort.n, cohort.k);
        MatrixStack spoilt = MatrixStack.of(
                members, s -> s == diverged ? Matrix.filled(cohort.n, cohort.k, Double.NaN) : outputs.matrix(s));
        Matrix targets = isClassification
                ? labels(cohort)
                : random(Members.SHARED, cohort.n, cohort.k).matrix(0);
        Matrix divergence = mutual(members.count(), 1, 1).divergence();
        for (int s = 0; s < members.count(); s++) {
            divergence.set(s, diverged, 0);
        }
        float[] want = gradients(outputs, targets, divergence, isClassification);
        float[] got = gradients(spoilt, targets, divergence, isClassification);
        int each = cohort.n * cohort.k;
        for (int s = 0; s < members.count(); s++) {
            if (s != diverged) {
                assertThat(Arrays.copyOfRange(got, s * each, (s + 1) * each))
                        .as("student " + s)
                        .isEqualTo(Arrays.copyOfRange(want, s * each, (s + 1) * each));
            }
        }
    }

    private float[] gradients(MatrixStack outputs, Matrix targets, Matrix divergence, boolean isClassification) {
        Call call = call("a diverged student", outputs, Tolerance.FLOAT32);
        Members members = outputs.members();
        Tensor weights = upload(MatrixStack.of(members, s -> Matrix.filled(outputs.rows(), 1, 1.0 / outputs.rows())));
        MutualTerm term = new MutualTerm(upload(MatrixStack.shared(divergence)), 1, 1);
        Tensor compared = upload(MatrixStack.shared(targets));
        if (isClassification) {
            loss().classification(call.dOutputs, call.totals, upload(outputs), compared, weights, term);
        } else {
            loss().regression(call.dOutputs, call.totals, upload(outputs), compared, weights, term);
        }
        return backend.download(call.dOutputs);
    }

    /** Poisoned gradients, and totals of 3 and 5 to be added to. */
    private Call call(String what, MatrixStack outputs, Tolerance gradient) {
        Members members = outputs.members();
        return new Call(
                what,
                upload(poison(members, outputs.rows(), outputs.cols())),
                upload(MatrixStack.of(members, s -> Matrix.of(1, 2, 3, 5))),
                outputs,
                gradient);
    }

    private void assertLoss(Call call, Loss want) {
        Members members = call.outputs.members();
        MatrixStack totals = MatrixStack.of(members, s -> {
            int i = members.indexOf(s);
            return Matrix.of(1, 2, 3 + want.task()[i], 5 + want.divergence()[i]);
        });
        float[] gradients = backend.download(call.dOutputs);
        TensorAssert.assertClose(
                "dOutputs, " + call.what, MatrixStack.of(members, want.dOutputs()), gradients, call.gradient);
        TensorAssert.assertClose("totals, " + call.what, totals, backend.download(call.totals), Tolerance.FLOAT32);
        for (float gradient : gradients) {
            assertThat(gradient).isFinite();
        }
    }

    /** A matrix for every student, the same one for each if it is shared. */
    private static List<Matrix> each(Members members, MatrixStack stack) {
        return members.students().mapToObj(stack::matrix).toList();
    }

    private Matrix labels(LossCase cohort) {
        return Matrix.zeros(cohort.n, 1).map(ignored -> random.nextInt(cohort.k));
    }

    /** Each student learns from a random blend of its peers; where rho is 0 the weights are NaN, not to be read. */
    private Mutual mutual(int students, float rho, float temperature) {
        Matrix divergence = Matrix.filled(students, students, Double.NaN);
        for (int s = 0; s < students && rho != 0; s++) {
            for (int j = 0; j < students; j++) {
                divergence.set(s, j, j == s ? 0 : (float) (2 * random.nextDouble() / students));
            }
        }
        return new Mutual(divergence, rho, temperature);
    }
}
