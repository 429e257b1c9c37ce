package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FactorisedFusion;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.PhaseOutcome;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.training.balance.Modulation;
import org.metafusion.training.balance.ModulationOptions;
import org.metafusion.training.network.CohortPredictor;
import org.metafusion.training.network.RowPredictor;
import org.metafusion.training.representation.PcaExtractor;

/** Students that answer by what is there: trained with modalities withheld, asked with modalities missing. */
final class TolerantStudentsTest {

    private static final Task.Classification TASK = new Task.Classification(List.of("no", "yes"));
    private static final Modality X = Modality.of("x", 6);
    private static final Modality Z = Modality.of("z", 5);
    private static final int ROWS = 160;
    private static final Representation RAW = new Representation.Raw();
    private static final Representation PCA = new Representation.Extracted("pca", 3);
    private static final Representation ENCODED = new Representation.Encoded(List.of(4), 3);

    private static final List<StudentSpec> STUDENTS = List.of(
            student(FactorisedFusion.NAME, RAW, RAW),
            student(FactorisedFusion.NAME, PCA, ENCODED),
            student("concatenation", RAW, RAW),
            student("concatenation", RAW, new Representation.Null()));

    private static StudentSpec student(String operator, Representation... representations) {
        return new StudentSpec(List.of(representations), operator, HeadSpec.of(9));
    }

    /** Each modality tells the label in its first feature, with noise. */
    private static MultimodalDataset rows(int seed, BitSet withoutX, BitSet withoutZ) {
        Random random = new Random(seed);
        int[] labels = new int[ROWS];
        float[] x = new float[ROWS * X.width()];
        float[] z = new float[ROWS * Z.width()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(2);
            x[row * X.width()] += labels[row] == 1 ? 1.5f : -1.5f;
            z[row * Z.width()] += labels[row] == 1 ? 1.5f : -1.5f;
        }
        Samples samples = new Samples(
                IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList(),
                List.of(new FeatureTable(X, ROWS, x, withoutX), new FeatureTable(Z, ROWS, z, withoutZ)));
        return new MultimodalDataset("both", samples, new Targets.Labels(TASK, labels));
    }

    private static MultimodalDataset complete(int seed) {
        return rows(seed, new BitSet(), new BitSet());
    }

    private static TensorBackend open(int threads) {
        return new CpuBackendProvider().open(new BackendConfig(threads));
    }

    private static PreparedCohort prepare(TensorBackend backend, MultimodalDataset train, float modalityDropout) {
        return prepare(backend, TrainingRows.holdout(train, complete(2)), modalityDropout, Modulation.NONE);
    }

    private static PreparedCohort prepare(
            TensorBackend backend, TrainingRows rows, float modalityDropout, Modulation modulation) {
        TrainingOptions options = new TrainingOptions(12, 32, 1e-2f, 1e-3f, 0f, 12, 1f, 1f, modalityDropout, 7);
        CohortTrainer trainer = new CohortTrainer(
                backend,
                FusionOperators.standard(),
                Map.of("pca", new PcaExtractor()),
                options,
                ModulationOptions.NONE.withKind(modulation));
        Cohort cohort = new Cohort(List.of(X, Z), TASK, STUDENTS);
        return trainer.begin(cohort, rows, TrainingListener.SILENT);
    }

    private static PhaseOutcome train(PreparedCohort prepared) {
        return prepared.run(PhasePlan.alone(IntStream.range(0, STUDENTS.size()).toArray()));
    }

    private static float[] flat(PreparedCohort prepared, PhaseOutcome outcome) {
        float[] flat = new float[prepared.layout().size()];
        for (StudentOutcome student : outcome.students()) {
            int offset = prepared.layout().offset(student.student());
            System.arraycopy(student.parameters(), 0, flat, offset, student.parameters().length);
        }
        return flat;
    }

    private static BitSet only(int modality) {
        BitSet available = new BitSet();
        available.set(modality);
        return available;
    }

    private static BitSet allRows() {
        BitSet all = new BitSet();
        all.set(0, ROWS);
        return all;
    }

    private static double accuracy(float[] logits, MultimodalDataset rows) {
        int[] labels = ((Targets.Labels) rows.targets()).labels();
        return IntStream.range(0, ROWS)
                        .filter(row -> (logits[2 * row + 1] > logits[2 * row] ? 1 : 0) == labels[row])
                        .count()
                / (double) ROWS;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void withOneModalityMissingTheyAnswerByTheOtherAlone(int there) {
        try (TensorBackend backend = open(2);
                PreparedCohort prepared = prepare(backend, complete(1), 0.3f)) {
            PhaseOutcome outcome = train(prepared);
            float[][] withheld = prepared.partialOutputs(outcome, only(there));
            MultimodalDataset without =
                    rows(2, there == 0 ? new BitSet() : allRows(), there == 0 ? allRows() : new BitSet());
            try (CohortPredictor predictor =
                    new CohortPredictor(backend, prepared.layout(), prepared.preparation(), flat(prepared, outcome))) {
                float[][] missing = predictor.predict(without.samples(), Members.of(0, 1));
                for (int s = 0; s < 2; s++) {
                    assertThat(withheld[s]).containsExactly(missing[s], within(1e-5f));
                    assertThat(withheld[s])
                            .isNotEqualTo(outcome.students().get(s).validationOutputs());
                }
                assertThat(accuracy(withheld[0], complete(2))).isGreaterThan(0.85);
                assertThat(withheld[2]).isEmpty();
            }
        }
    }

    @Test
    void aRowAloneIsAnsweredAsInABatchWhateverIsMissing() {
        BitSet withoutX = new BitSet();
        BitSet withoutZ = new BitSet();
        for (int row = 0; row < ROWS; row += 3) {
            withoutX.set(row);
            withoutZ.set(row + 1);
        }
        MultimodalDataset asked = rows(3, withoutX, withoutZ);
        try (TensorBackend backend = open(2);
                PreparedCohort prepared = prepare(backend, complete(1), 0.3f)) {
            float[] flat = flat(prepared, train(prepared));
            RowPredictor rows = new RowPredictor(backend.rowKernel(), prepared.layout(), prepared.preparation(), flat);
            RowPredictor.Scratch scratch = rows.newScratch();
            try (CohortPredictor batches =
                    new CohortPredictor(backend, prepared.layout(), prepared.preparation(), flat)) {
                float[][] batch = batches.predict(asked.samples(), Members.of(0, 1));
                for (int row = 0; row < ROWS; row++) {
                    float[][] one = new float[2][2];
                    rows.predict(features(asked.samples(), row), new int[] {0, 1}, scratch, one);
                    for (int s = 0; s < 2; s++) {
                        assertThat(one[s])
                                .containsExactly(new float[] {batch[s][2 * row], batch[s][2 * row + 1]}, within(1e-5f));
                    }
                }
            }
        }
    }

    private static float[][] features(Samples samples, int row) {
        float[][] features = new float[2][];
        for (int m = 0; m < 2; m++) {
            FeatureTable table = samples.tables().get(m);
            int width = table.modality().width();
            if (table.isPresent(row)) {
                features[m] = java.util.Arrays.copyOfRange(table.values(), row * width, (row + 1) * width);
            }
        }
        return features;
    }

    @Test
    void theyLearnFromRowsThatLackAModalityAndOthersDoNot() {
        BitSet noX = new BitSet();
        noX.set(0, 80);
        MultimodalDataset train = rows(1, noX, new BitSet());
        MultimodalDataset turned = new MultimodalDataset("turned", train.samples(), turned(train.targets(), noX));
        try (TensorBackend backend = open(1);
                PreparedCohort one = prepare(backend, train, 0f);
                PreparedCohort two = prepare(backend, turned, 0f)) {
            PhaseOutcome a = train(one);
            PhaseOutcome b = train(two);
            for (int s = 0; s < STUDENTS.size(); s++) {
                boolean isSame = java.util.Arrays.equals(
                        a.students().get(s).parameters(), b.students().get(s).parameters());
                assertThat(isSame)
                        .as(STUDENTS.get(s).label())
                        .isEqualTo(!STUDENTS.get(s).isTolerant());
            }
        }
    }

    @Test
    void blendingTeachesThemToAnswerByEachModalityAlone() {
        TrainingRows rows = TrainingRows.holdout(complete(1), complete(2));
        try (TensorBackend one = open(1);
                TensorBackend two = open(2);
                PreparedCohort plain = prepare(one, rows, 0f, Modulation.NONE);
                PreparedCohort blended = prepare(one, rows, 0f, Modulation.BLENDING);
                PreparedCohort again = prepare(two, rows, 0f, Modulation.BLENDING)) {
            PhaseOutcome without = train(plain);
            PhaseOutcome with = train(blended);
            PhaseOutcome same = train(again);
            for (int modality = 0; modality < 2; modality++) {
                float[] before = plain.partialOutputs(without, only(modality))[0];
                float[] after = blended.partialOutputs(with, only(modality))[0];
                assertThat(logLoss(after, complete(2))).isLessThan(logLoss(before, complete(2)));
            }
            for (int s = 0; s < STUDENTS.size(); s++) {
                float[] parameters = with.students().get(s).parameters();
                assertThat(parameters).isEqualTo(same.students().get(s).parameters());
                assertThat(java.util.Arrays.equals(
                                parameters, without.students().get(s).parameters()))
                        .isEqualTo(!STUDENTS.get(s).isTolerant());
            }
        }
    }

    @Test
    void blendingWorksOnCrossFittedRowsToo() {
        int[] folds = IntStream.range(0, ROWS).map(row -> row % 3).toArray();
        TrainingRows rows = TrainingRows.crossFitted(complete(1), 3, folds);
        try (TensorBackend backend = open(2);
                PreparedCohort prepared = prepare(backend, rows, 0f, Modulation.BLENDING)) {
            PhaseOutcome outcome = train(prepared);
            assertThat(accuracy(prepared.partialOutputs(outcome, only(1))[0], complete(1)))
                    .isGreaterThan(0.85);
        }
    }

    private static double logLoss(float[] logits, MultimodalDataset rows) {
        int[] labels = ((Targets.Labels) rows.targets()).labels();
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> Math.log1p(
                        Math.exp(logits[2 * row + 1 - labels[row]] - (double) logits[2 * row + labels[row]])))
                .average()
                .orElseThrow();
    }

    private static Targets turned(Targets targets, BitSet rows) {
        int[] labels = ((Targets.Labels) targets).labels().clone();
        rows.stream().forEach(row -> labels[row] = 1 - labels[row]);
        return new Targets.Labels(TASK, labels);
    }

    @Test
    void modalityDropoutChangesThemAloneWithTheSameBitsWhateverTheThreads() {
        try (TensorBackend one = open(1);
                TensorBackend two = open(2);
                PreparedCohort none = prepare(one, complete(1), 0f);
                PreparedCohort some = prepare(one, complete(1), 0.3f);
                PreparedCohort again = prepare(two, complete(1), 0.3f)) {
            PhaseOutcome without = train(none);
            PhaseOutcome with = train(some);
            PhaseOutcome same = train(again);
            for (int s = 0; s < STUDENTS.size(); s++) {
                float[] parameters = with.students().get(s).parameters();
                assertThat(parameters).isEqualTo(same.students().get(s).parameters());
                assertThat(java.util.Arrays.equals(
                                parameters, without.students().get(s).parameters()))
                        .isEqualTo(!STUDENTS.get(s).isTolerant());
            }
        }
    }
}
