package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
import org.metafusion.core.fusion.Concatenation;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.training.representation.PcaExtractor;

/** Phases of training on a small task: the label is the sign of a sum over both modalities. */
final class PreparedCohortTest {

    private static final Task.Classification TASK = new Task.Classification(List.of("minus", "plus"));
    private static final Modality X = Modality.of("x", 6);
    private static final Modality Z = Modality.of("z", 5);

    private final TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(2));

    @AfterEach
    void close() {
        backend.close();
    }

    private static MultimodalDataset rows(int count, long seed, BitSet withoutZ) {
        Random random = new Random(seed);
        float[] x = new float[count * X.width()];
        float[] z = new float[count * Z.width()];
        int[] labels = new int[count];
        for (int row = 0; row < count; row++) {
            double sum = 0;
            for (int j = 0; j < X.width(); j++) {
                x[row * X.width() + j] = (float) random.nextGaussian();
                sum += x[row * X.width() + j];
            }
            for (int j = 0; j < Z.width(); j++) {
                z[row * Z.width() + j] = (float) random.nextGaussian();
                sum += z[row * Z.width() + j];
            }
            labels[row] = sum > 0 ? 1 : 0;
        }
        List<String> ids = IntStream.range(0, count).mapToObj(i -> "r" + i).toList();
        Samples samples =
                new Samples(ids, List.of(FeatureTable.complete(X, count, x), new FeatureTable(Z, count, z, withoutZ)));
        return new MultimodalDataset("signs", samples, new Targets.Labels(TASK, labels));
    }

    private static Cohort cohort() {
        List<Representation> each = List.of(new Representation.Raw(), new Representation.Extracted("pca", 3));
        return CohortPlan.allPairings(List.of(each, each), HeadSpec.of(9), 100).build(List.of(X, Z), TASK);
    }

    private PreparedCohort prepare(TrainingOptions options, BitSet withoutZ) {
        CohortTrainer trainer =
                new CohortTrainer(backend, FusionOperators.standard(), Map.of("pca", new PcaExtractor()), options);
        return trainer.begin(
                cohort(), TrainingRows.holdout(rows(130, 1, withoutZ), rows(70, 2, withoutZ)), TrainingListener.SILENT);
    }

    private static TrainingOptions options(int epochs, int patience, float dropout) {
        return new TrainingOptions(epochs, 32, 1e-2f, 1e-3f, dropout, patience, 1f, 1f, 7);
    }

    private static float[][] divergence(int students, int... peers) {
        float[][] weights = new float[students][students];
        for (int i = 0; i < students; i++) {
            for (int j : peers) {
                weights[i][j] = i == j ? 0f : 1f / peers.length;
            }
        }
        return weights;
    }

    private static PhasePlan mutual(int[] students, float[][] weights) {
        return new PhasePlan("mutual", students, new Objective.Mutual(weights, 2f), List.of());
    }

    private static int[] everyone() {
        return IntStream.range(0, cohort().size()).toArray();
    }

    @Test
    void fusingStudentsLearnWhatUnimodalOnesCannot() {
        try (PreparedCohort prepared = prepare(options(40, 40, 0f), new BitSet())) {
            PhaseOutcome outcome = prepared.run(PhasePlan.alone(everyone()));
            double fused = outcome.students().get(0).validationLoss();
            assertThat(prepared.layout().cohort().students().get(0).label()).isEqualTo("raw|raw");
            assertThat(fused).isLessThan(0.2);
            for (StudentOutcome student : outcome.students()) {
                if (prepared.layout().cohort().students().get(student.student()).modalities().length == 1) {
                    assertThat(student.validationLoss()).isGreaterThan(fused + 0.2);
                }
            }
        }
    }

    @Test
    void aStudentLearnsTheSameBitsWhoeverElseIsInTheStack() {
        try (PreparedCohort prepared = prepare(options(6, 6, 0.3f), new BitSet())) {
            PhaseOutcome all = prepared.run(PhasePlan.alone(everyone()));
            PhaseOutcome some = prepared.run(PhasePlan.alone(1, 4, 6));
            for (StudentOutcome student : some.students()) {
                assertThat(student.parameters())
                        .isEqualTo(all.students().get(student.student()).parameters());
            }
        }
    }

    @Test
    void dropoutMasksDoNotDependOnWhichHeadsComeFirst() {
        List<Representation> each = List.of(new Representation.Raw(), new Representation.Encoded(List.of(5), 4));
        List<HeadSpec> heads = List.of(HeadSpec.of(9), HeadSpec.LINEAR);
        Cohort cohort = new CohortPlan(List.of(each, each), List.of(Concatenation.NAME), heads, 100, s -> true)
                .build(List.of(X, Z), TASK);
        int[] hidden = IntStream.range(0, cohort.size())
                .filter(s -> !cohort.students().get(s).head().hidden().isEmpty())
                .toArray();
        int[] linear = IntStream.range(0, cohort.size())
                .filter(s -> cohort.students().get(s).head().hidden().isEmpty())
                .toArray();
        CohortTrainer trainer = new CohortTrainer(backend, FusionOperators.standard(), Map.of(), options(5, 5, 0.3f));
        TrainingRows rows = TrainingRows.holdout(rows(130, 1, new BitSet()), rows(70, 2, new BitSet()));
        try (PreparedCohort prepared = trainer.begin(cohort, rows, TrainingListener.SILENT)) {
            PhaseOutcome all = prepared.run(
                    PhasePlan.alone(IntStream.range(0, cohort.size()).toArray()));
            int[] linearFirst = {Math.min(linear[0], hidden[1]), Math.max(linear[0], hidden[1])};
            assertThat(linear[0]).isLessThan(hidden[1]);
            for (StudentOutcome student :
                    prepared.run(PhasePlan.alone(linearFirst)).students()) {
                assertThat(student.parameters())
                        .isEqualTo(all.students().get(student.student()).parameters());
            }
        }
    }

    @Test
    void topPerformersAloneLearnTheSameBitsAsAmongEveryone() {
        int[] top = {0, 1, 3};
        try (PreparedCohort prepared = prepare(options(12, 3, 0f), new BitSet())) {
            float[][] weights = divergence(cohort().size(), top);
            PhaseOutcome alone = prepared.run(mutual(top, weights));
            PhaseOutcome together = prepared.run(mutual(everyone(), weights));
            for (StudentOutcome student : alone.students()) {
                StudentOutcome same = together.students().get(student.student());
                assertThat(student.parameters()).isEqualTo(same.parameters());
                assertThat(student.validationLoss()).isEqualTo(same.validationLoss());
            }
        }
    }

    @Test
    void mutualLearningDrawsStudentsTowardsTheirPeers() {
        try (PreparedCohort prepared = prepare(options(10, 10, 0f), new BitSet())) {
            PhaseOutcome alone = prepared.run(PhasePlan.alone(everyone()));
            PhaseOutcome taught = prepared.run(mutual(everyone(), divergence(cohort().size(), 0, 1)));
            assertThat(distance(taught, 0, 1)).isLessThan(distance(alone, 0, 1));
        }
    }

    private static double distance(PhaseOutcome outcome, int i, int j) {
        float[] a = outcome.students().get(i).validationOutputs();
        float[] b = outcome.students().get(j).validationOutputs();
        double sum = 0;
        for (int k = 0; k < a.length; k += 2) {
            double pa = 1 / (1 + Math.exp(a[k] - a[k + 1]));
            double pb = 1 / (1 + Math.exp(b[k] - b[k + 1]));
            sum += Math.abs(pa - pb);
        }
        return sum;
    }

    @Test
    void aStudentStopsAfterItsPatienceAndKeepsItsBestEpoch() {
        int patience = 4;
        try (PreparedCohort prepared = prepare(options(200, patience, 0f), new BitSet())) {
            PhaseOutcome outcome = prepared.run(PhasePlan.alone(everyone()));
            assertThat(outcome.epochs()).isLessThan(200);
            for (StudentOutcome student : outcome.students()) {
                double[] losses = student.lossByEpoch();
                int best = student.bestEpoch();
                assertThat(losses[best - 1]).isEqualTo(student.validationLoss());
                assertThat(losses).hasSizeLessThanOrEqualTo(best + patience);
                assertThat(java.util.Arrays.stream(losses).min().orElseThrow()).isEqualTo(losses[best - 1]);
            }
        }
    }

    @Test
    void validationOutputsAreThoseOfTheBestEpochsWeights() {
        try (PreparedCohort prepared = prepare(options(15, 15, 0.2f), new BitSet())) {
            StudentOutcome student = prepared.run(PhasePlan.alone(0)).students().get(0);
            int[] labels = ((Targets.Labels) rows(70, 2, new BitSet()).targets()).labels();
            double loss = 0;
            for (int row = 0; row < labels.length; row++) {
                double margin = student.validationOutputs()[2 * row + labels[row]]
                        - student.validationOutputs()[2 * row + 1 - labels[row]];
                loss += Math.log1p(Math.exp(-margin));
            }
            assertThat(loss / labels.length)
                    .isCloseTo(student.validationLoss(), org.assertj.core.api.Assertions.within(1e-5));
        }
    }

    @Test
    void rowsWithoutAModalityCountOnlyForStudentsThatDoNotNeedIt() {
        BitSet every = new BitSet();
        every.set(0, 40);
        try (PreparedCohort complete = prepare(options(5, 5, 0f), new BitSet());
                PreparedCohort lacking = prepare(options(5, 5, 0f), every)) {
            List<Integer> onlyX = new ArrayList<>();
            for (int s : everyone()) {
                if (complete.layout().cohort().students().get(s).isUnimodal(0)) {
                    onlyX.add(s);
                }
            }
            PhaseOutcome a = complete.run(PhasePlan.alone(everyone()));
            PhaseOutcome b = lacking.run(PhasePlan.alone(everyone()));
            assertThat(onlyX).isNotEmpty();
            for (int s : onlyX) {
                assertThat(b.students().get(s).parameters())
                        .isEqualTo(a.students().get(s).parameters());
            }
            assertThat(b.students().get(0).parameters())
                    .isNotEqualTo(a.students().get(0).parameters());
            assertThat(b.students().get(0).validationLoss()).isFinite();
        }
    }

    @Test
    void divergingTrainingIsSaidInOneLine() {
        TrainingOptions wild = new TrainingOptions(30, 32, 1f, 1e15f, 0f, 30, 1f, 1f, 7);
        MultimodalDataset train = rows(130, 1, new BitSet());
        CohortTrainer trainer =
                new CohortTrainer(backend, FusionOperators.standard(), Map.of("pca", new PcaExtractor()), wild);
        try (PreparedCohort prepared = trainer.begin(
                cohort(), TrainingRows.holdout(train, rows(70, 2, new BitSet())), TrainingListener.SILENT)) {
            PhasePlan plan = PhasePlan.alone(everyone());
            assertThatThrownBy(() -> prepared.run(plan))
                    .isInstanceOf(FusionException.class)
                    .hasMessageMatching("Training diverged: in phase 'alone', epoch \\d+, every student's validation"
                            + " loss is infinite or not a number; lower the learning rate \\(1.0\\) or rho");
        }
    }

    @Test
    void trainingWithoutRowsIsRefused() {
        CohortTrainer trainer = new CohortTrainer(
                backend, FusionOperators.standard(), Map.of("pca", new PcaExtractor()), options(1, 1, 0f));
        MultimodalDataset some = rows(10, 1, new BitSet());
        TrainingRows nothing = TrainingRows.holdout(some, some.select(new int[0]));
        assertThatThrownBy(() -> trainer.begin(cohort(), nothing, TrainingListener.SILENT))
                .isInstanceOf(FusionException.class)
                .hasMessage(
                        "Training needs rows to learn from and rows to validate on but got 10 and 0; give more rows");
    }
}
