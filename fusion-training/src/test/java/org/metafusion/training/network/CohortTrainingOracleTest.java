package org.metafusion.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.Task;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.LossKernels.MutualTerm;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.OptimizerKernels.AdamW;
import org.metafusion.core.tensor.Tensor;
import org.metafusion.core.tensor.TensorArena;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.testkit.OracleCase;
import org.metafusion.testkit.OracleCases;
import org.metafusion.testkit.OracleValue;
import org.metafusion.training.representation.InputKey;

/** Steps of mutual learning of a whole cohort against the reference implementation's losses and parameters. */
final class CohortTrainingOracleTest {

    private static final double TOLERANCE = 2e-5;

    static Stream<OracleCase> cases() {
        return OracleCases.of("cohort_training");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void stepsOfMutualLearningFollowTheReference(OracleCase oracle) {
        if (oracle.isAbsent()) {
            return;
        }
        try (TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(2));
                TensorArena arena = backend.openArena("oracle")) {
            Run run = new Run(oracle, backend, arena);
            int[][] batches = oracle.in("batches").intMatrix();
            double[][] losses = oracle.out("lossBeforeEachStep").matrix();
            for (int step = 0; step < batches.length; step++) {
                double[] got = run.step(batches[step], step + 1);
                for (int s = 0; s < got.length; s++) {
                    assertThat(got[s])
                            .as("loss of student %d before step %d", s, step + 1)
                            .isCloseTo(losses[step][s], within(TOLERANCE * Math.max(1, Math.abs(losses[step][s]))));
                }
            }
            double[] wanted = flat(oracle.out("finalParameters"));
            float[] parameters = backend.download(run.parameters);
            for (int i = 0; i < wanted.length; i++) {
                assertThat((double) parameters[i])
                        .as("parameter %d", i)
                        .isCloseTo(wanted[i], within(TOLERANCE * Math.max(1, Math.abs(wanted[i]))));
            }
        }
    }

    /** All students' parameters one after the other: the order of the flat buffer. */
    private static double[] flat(OracleValue students) {
        return students.items().stream()
                .flatMap(student -> student.items().stream())
                .flatMapToDouble(matrix -> java.util.Arrays.stream(matrix.flat()))
                .toArray();
    }

    private static final class Run {
        private final TensorBackend backend;
        private final OracleCase oracle;
        private final boolean classification;
        private final Members members;
        private final CohortLayout layout;
        private final CohortNetwork network;
        private final Tensor parameters;
        private final Tensor gradients;
        private final Tensor first;
        private final Tensor second;
        private final Tensor targets;
        private final Tensor batchTargets;
        private final Tensor weights;
        private final Tensor totals;
        private final Tensor divergence;
        private final Tensor x;
        private final Tensor z;

        Run(OracleCase oracle, TensorBackend backend, TensorArena arena) {
            this.oracle = oracle;
            this.backend = backend;
            int batch = oracle.in("batches").intMatrix()[0].length;
            classification = oracle.name().equals("classification");
            double[][] xs = oracle.in("x").matrix();
            double[][] zs = oracle.in("z").matrix();
            Cohort cohort = cohort(oracle, xs[0].length, zs[0].length);
            members = Members.all(cohort.size());
            layout = new CohortLayout(
                    cohort,
                    FusionOperators.standard(),
                    key -> cohort.modalities().get(key.modality()).width());
            double[] initial = flat(oracle.in("initial"));
            assertThat(initial).hasSize(layout.size());
            parameters = arena.upload(backend, 1, layout.size(), floats(initial));
            gradients = arena.zeros(Members.SHARED, 1, layout.size());
            first = arena.zeros(Members.SHARED, 1, layout.size());
            second = arena.zeros(Members.SHARED, 1, layout.size());
            network = new CohortNetwork(backend, layout, arena, parameters, gradients, members, batch, 0f);
            x = arena.upload(backend, xs.length, xs[0].length, oracle.in("x").floats());
            z = arena.upload(backend, zs.length, zs[0].length, oracle.in("z").floats());
            float[] wanted = oracle.in("targets").floats();
            targets = arena.upload(backend, xs.length, wanted.length / xs.length, wanted);
            batchTargets = arena.zeros(Members.SHARED, batch, targets.cols());
            weights = arena.zeros(Members.SHARED, batch, 1);
            backend.fill(weights, 1f);
            totals = arena.zeros(members, 1, 2);
            divergence = arena.upload(backend, cohort.size(), cohort.size(), divergence(cohort.size()));
        }

        private float[] divergence(int students) {
            double[] peers = oracle.in("peerWeights").flat();
            float[] d = new float[students * students];
            for (int i = 0; i < students; i++) {
                for (int j = 0; j < students; j++) {
                    d[i * students + j] = i == j ? 0f : (float) peers[j];
                }
            }
            return d;
        }

        /** One step; the total loss of each student before it. */
        double[] step(int[] rows, int number) {
            float rho = (float) oracle.in("rho").number();
            backend.gather(Objects.requireNonNull(network.inputs().get(InputKey.raw(0))), x, rows, 0);
            backend.gather(Objects.requireNonNull(network.inputs().get(InputKey.raw(1))), z, rows, 0);
            backend.gather(batchTargets, targets, rows, 0);
            backend.fill(totals, 0f);
            network.forward(DropoutSeed.NONE);
            MutualTerm mutual = new MutualTerm(divergence, rho, 1f);
            if (classification) {
                backend.loss()
                        .classification(network.dOutputs(), totals, network.outputs(), batchTargets, weights, mutual);
            } else {
                backend.loss().regression(network.dOutputs(), totals, network.outputs(), batchTargets, weights, mutual);
            }
            network.backward(DropoutSeed.NONE);
            AdamW adamW = AdamW.of(
                    (float) oracle.in("learningRate").number(),
                    (float) oracle.in("weightDecay").number(),
                    number);
            backend.optimizer().adamW(parameters, gradients, first, second, layout.parts(members), adamW);
            float[] sums = backend.download(totals);
            double[] losses = new double[members.count()];
            for (int s = 0; s < losses.length; s++) {
                losses[s] = (sums[2 * s] + rho * sums[2 * s + 1]) / rows.length;
            }
            return losses;
        }

        private static float[] floats(double[] values) {
            float[] narrowed = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                narrowed[i] = (float) values[i];
            }
            return narrowed;
        }

        private Cohort cohort(OracleCase oracle, int width0, int width1) {
            List<StudentSpec> students = new ArrayList<>();
            for (OracleValue student : oracle.in("students").items()) {
                List<Representation> representations = student.texts().stream()
                        .<Representation>map(
                                text -> text.equals("raw") ? new Representation.Raw() : new Representation.Null())
                        .toList();
                students.add(new StudentSpec(representations, Concatenation.NAME, HeadSpec.of(4)));
            }
            int outputs = classification ? 3 : oracle.in("targets").shape()[1];
            Task task = classification
                    ? new Task.Classification(List.of("a", "b", "c"))
                    : new Task.Regression(java.util.stream.IntStream.range(0, outputs)
                            .mapToObj(i -> "y" + i)
                            .toList());
            return new Cohort(List.of(Modality.of("x", width0), Modality.of("z", width1)), task, students);
        }
    }
}
