package org.metafusion.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.AttentionFusion;
import org.metafusion.core.fusion.FilmFusion;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.fusion.GatedFusion;
import org.metafusion.core.fusion.LowRankFusion;
import org.metafusion.core.fusion.MeanFusion;
import org.metafusion.core.fusion.TensorFusion;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;

/** The cohort's network: every way a student can be put together, its gradients by finite differences. */
final class CohortNetworkTest {

    private static final int ROWS = 6;
    private static final Representation RAW = new Representation.Raw();
    private static final Representation NULL = new Representation.Null();
    private static final Representation ENCODED = new Representation.Encoded(List.of(5), 4);

    private final TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1));
    private final TensorArena arena = backend.openArena("test");
    private final Random random = new Random(5);

    @AfterEach
    void close() {
        arena.close();
        backend.close();
    }

    private static StudentSpec student(String operator, HeadSpec head, Representation... representations) {
        return new StudentSpec(List.of(representations), operator, head);
    }

    private static Cohort cohort(StudentSpec... students) {
        return new Cohort(
                List.of(Modality.of("x", 4), Modality.of("z", 4)),
                new Task.Classification(List.of("a", "b", "c")),
                List.of(students));
    }

    private static CohortLayout layout(Cohort cohort) {
        return layout(cohort, FusionOperators.standard());
    }

    private static CohortLayout layout(Cohort cohort, FusionOperators operators) {
        return new CohortLayout(cohort, operators, key -> 4);
    }

    private final class Rig {
        private final CohortLayout layout;
        private final Members members;
        private final Tensor parameters;
        private final Tensor gradients;
        private final CohortNetwork network;
        private final Tensor labels = arena.upload(backend, ROWS, 1, new float[] {0, 1, 2, 0, 1, 2});
        private final Tensor weights = arena.zeros(Members.SHARED, ROWS, 1);

        Rig(Cohort cohort, Members members, float dropout) {
            this(layout(cohort), members, dropout);
        }

        Rig(CohortLayout layout, Members members, float dropout) {
            this.layout = layout;
            this.members = members;
            parameters = arena.upload(backend, 1, layout.size(), layout.initialise(3));
            gradients = arena.zeros(Members.SHARED, 1, layout.size());
            network = new CohortNetwork(backend, layout, arena, parameters, gradients, members, ROWS, dropout);
            backend.fill(weights, 1f);
            for (Tensor input : network.inputs().values()) {
                float[] values = new float[input.size()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian();
                }
                backend.upload(input, values);
            }
        }

        double[] losses(DropoutSeed seed) {
            Tensor totals = arena.zeros(members, 1, 2);
            Tensor divergence = arena.zeros(Members.SHARED, members.count(), members.count());
            network.forward(seed);
            backend.loss()
                    .classification(
                            network.dOutputs(),
                            totals,
                            network.outputs(),
                            labels,
                            weights,
                            new MutualTerm(divergence, 0f, 1f));
            float[] sums = backend.download(totals);
            double[] losses = new double[members.count()];
            for (int i = 0; i < losses.length; i++) {
                losses[i] = sums[2 * i] / ROWS;
            }
            return losses;
        }
    }

    @ParameterizedTest(name = "dropout={0}")
    @ValueSource(floats = {0f, 0.4f})
    void gradientsOfEveryKindOfStudentMatchFiniteDifferences(float dropout) {
        Cohort cohort = cohort(
                student("concatenation", HeadSpec.of(7), RAW, RAW),
                student("concatenation", HeadSpec.of(7), ENCODED, RAW),
                student("concatenation", HeadSpec.LINEAR, RAW, NULL),
                student("concatenation", HeadSpec.of(7, 6), NULL, ENCODED),
                student("product", HeadSpec.of(7), RAW, RAW),
                student("product", HeadSpec.of(7), ENCODED, ENCODED),
                student("tensor", HeadSpec.of(7), ENCODED, RAW),
                student("tensor-augmented", HeadSpec.LINEAR, RAW, ENCODED));
        DropoutSeed seed = dropout == 0f ? DropoutSeed.NONE : new DropoutSeed(99, true);
        assertGradients(new Rig(cohort, Members.all(cohort.size()), dropout), seed);
    }

    @Test
    void gradientsOfFineTunedEncodersMatchFiniteDifferencesThroughTheScalingOfRows() {
        Representation scaled =
                new Representation.Tuned(new Representation.Extracted("con", 4), new EncoderForm(List.of(4), true));
        Representation plain =
                new Representation.Tuned(new Representation.Extracted("sup", 4), new EncoderForm(List.of(4), false));
        Cohort cohort = cohort(
                student("concatenation", HeadSpec.LINEAR, scaled, NULL),
                student("concatenation", HeadSpec.LINEAR, scaled, RAW),
                student("concatenation", HeadSpec.LINEAR, RAW, plain),
                student("product", HeadSpec.LINEAR, scaled, scaled),
                student("gated", HeadSpec.LINEAR, plain, scaled));
        assertGradients(new Rig(cohort, Members.all(cohort.size()), 0f), DropoutSeed.NONE);
    }

    /** Without ReLU, whose kinks are not to be told from errors; some students leave, so that parameters lie apart. */
    @Test
    void gradientsOfOperatorsWithParametersMatchFiniteDifferences() {
        FusionOperators operators = new FusionOperators(List.of(
                new LowRankFusion(2, 3),
                new MeanFusion(3),
                new GatedFusion(3),
                new AttentionFusion(3),
                new FilmFusion(3)));
        Representation linear = new Representation.Encoded(List.of(), 4);
        List<StudentSpec> students = new ArrayList<>();
        for (String operator : operators.names()) {
            students.add(student(operator, HeadSpec.LINEAR, linear, RAW));
            students.add(student(operator, HeadSpec.LINEAR, RAW, RAW));
            students.add(student(operator, HeadSpec.LINEAR, linear, linear));
        }
        Cohort cohort = cohort(students.toArray(StudentSpec[]::new));
        assertGradients(new Rig(layout(cohort, operators), Members.all(cohort.size()), 0f), DropoutSeed.NONE);
        assertGradients(new Rig(layout(cohort, operators), Members.of(0, 4, 5, 8, 12, 14), 0f), DropoutSeed.NONE);
    }

    private void assertGradients(Rig rig, DropoutSeed seed) {
        Cohort cohort = rig.layout.cohort();
        rig.losses(seed);
        rig.network.backward(seed);
        float[] gradient = backend.download(rig.gradients);
        float[] values = backend.download(rig.parameters);
        float step = 4e-3f;
        int checked = 0;
        for (int i = 0; i < values.length; i += 3) {
            int student = rig.members.indexOf(owner(rig.layout, i));
            if (student < 0) {
                assertThat(gradient[i]).isZero();
                continue;
            }
            double difference =
                    shifted(rig, values, i, step, seed)[student] - shifted(rig, values, i, -step, seed)[student];
            assertThat((double) gradient[i])
                    .as(
                            "d loss of %s / d parameter %d",
                            cohort.students().get(rig.members.student(student)).label(), i)
                    .isCloseTo(difference / (2 * step), within(4e-3));
            checked++;
        }
        assertThat(checked).isGreaterThan(150);
    }

    private double[] shifted(Rig rig, float[] values, int index, float by, DropoutSeed seed) {
        float[] moved = values.clone();
        moved[index] += by;
        backend.upload(rig.parameters, moved);
        return rig.losses(seed);
    }

    private static int owner(CohortLayout layout, int parameter) {
        int student = 0;
        while (layout.offset(student) + layout.size(student) <= parameter) {
            student++;
        }
        return student;
    }

    @Test
    void anOuterProductThatIsNeverFormedTrainsTheSame() {
        Cohort cohort = cohort(
                student("tensor", HeadSpec.of(7), ENCODED, RAW),
                student("tensor", HeadSpec.of(7), RAW, RAW),
                student("tensor-augmented", HeadSpec.LINEAR, RAW, ENCODED));
        FusionOperators unformed = new FusionOperators(List.of(new TensorFusion(false, 0), new TensorFusion(true, 0)));
        Rig formed = new Rig(cohort, Members.all(3), 0f);
        Rig factored = new Rig(layout(cohort, unformed), Members.all(3), 0f);
        formed.network
                .inputs()
                .forEach((key, input) -> backend.upload(
                        java.util.Objects.requireNonNull(
                                factored.network.inputs().get(key)),
                        backend.download(input)));
        assertThat(factored.losses(DropoutSeed.NONE)).containsExactly(formed.losses(DropoutSeed.NONE), within(1e-6));
        formed.network.backward(DropoutSeed.NONE);
        factored.network.backward(DropoutSeed.NONE);
        assertThat(backend.download(factored.gradients))
                .containsExactly(backend.download(formed.gradients), org.assertj.core.api.Assertions.within(1e-5f));
    }

    @Test
    void studentsComputeTheSameWhoeverIsInTheStack() {
        Cohort cohort = cohort(
                student("concatenation", HeadSpec.of(7), RAW, RAW),
                student("concatenation", HeadSpec.of(7), ENCODED, RAW),
                student("product", HeadSpec.of(5), RAW, RAW));
        Rig all = new Rig(cohort, Members.all(3), 0f);
        Rig some = new Rig(cohort, Members.of(0, 2), 0f);
        all.network
                .inputs()
                .forEach((key, input) -> backend.upload(
                        java.util.Objects.requireNonNull(some.network.inputs().get(key)), backend.download(input)));
        double[] together = all.losses(DropoutSeed.NONE);
        double[] apart = some.losses(DropoutSeed.NONE);
        assertThat(apart).containsExactly(together[0], together[2]);
    }

    @Test
    void productOfUnequalWidthsIsRefused() {
        Cohort cohort = cohort(student("product", HeadSpec.of(7), ENCODED, RAW));
        assertThatThrownBy(() -> new CohortLayout(cohort, FusionOperators.standard(), key -> 3))
                .isInstanceOf(FusionException.class)
                .hasMessage("Product fusion takes representations of one width but got [4, 3]; use extracted"
                        + " representations of equal width, or concatenation");
    }
}
