package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.cohort.CohortPlan;
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
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.training.encoder.TrainedExtractor;
import org.metafusion.training.network.CohortLayout;
import org.metafusion.training.network.CohortPredictor;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.PcaExtractor;
import org.metafusion.training.representation.Preparation;

/** Students in copies, each copy judged by the fold it does not learn from. */
final class CrossFittingTest {

    private static final Task.Classification TASK = new Task.Classification(List.of("no", "yes"));
    private static final Modality X = Modality.of("x", 6);
    private static final Modality Z = Modality.of("z", 5);
    private static final int ROWS = 151;
    private static final int FOLDS = 3;

    private final TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(2));

    @AfterEach
    void close() {
        backend.close();
    }

    private static int[] foldOf() {
        return IntStream.range(0, ROWS).map(row -> row * 7 % FOLDS).toArray();
    }

    private static MultimodalDataset rows(int[] labels, BitSet withoutZ) {
        Random random = new Random(3);
        float[] x = new float[ROWS * X.width()];
        float[] z = new float[ROWS * Z.width()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        for (int i = 0; i < z.length; i++) {
            z[i] = (float) random.nextGaussian();
        }
        Samples samples = new Samples(
                IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList(),
                List.of(FeatureTable.complete(X, ROWS, x), new FeatureTable(Z, ROWS, z, withoutZ)));
        return new MultimodalDataset("signs", samples, new Targets.Labels(TASK, labels));
    }

    private static int[] labels() {
        float[] x = rows(new int[ROWS], new BitSet()).samples().tables().get(0).values();
        return IntStream.range(0, ROWS)
                .map(row -> x[row * X.width()] + x[row * X.width() + 1] > 0 ? 1 : 0)
                .toArray();
    }

    private static Cohort cohort() {
        List<Representation> each = List.of(
                new Representation.Raw(),
                new Representation.Extracted("pca", 3),
                new Representation.Encoded(List.of(4), 3),
                new Representation.Tuned(
                        new Representation.Extracted("sup", 3),
                        TrainedExtractor.supervised().encoderForm(3).orElseThrow()));
        return CohortPlan.allPairings(List.of(each, each), HeadSpec.of(9), 100).build(List.of(X, Z), TASK);
    }

    private PreparedCohort prepare(MultimodalDataset rows, int epochs) {
        TrainingOptions options = new TrainingOptions(epochs, 32, 1e-2f, 1e-3f, 0f, epochs, 1f, 1f, 7);
        Map<String, FeatureExtractor> extractors =
                Map.of("pca", new PcaExtractor(), "sup", TrainedExtractor.supervised());
        CohortTrainer trainer = new CohortTrainer(backend, FusionOperators.standard(), extractors, options);
        return trainer.begin(cohort(), TrainingRows.crossFitted(rows, FOLDS, foldOf()), TrainingListener.SILENT);
    }

    private static int[] everyone() {
        return IntStream.range(0, cohort().size()).toArray();
    }

    private static PhasePlan mutual() {
        float[][] weights = new float[cohort().size()][cohort().size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i][0] = i == 0 ? 0 : 0.5f;
            weights[i][1] = i == 1 ? 0 : 0.5f;
        }
        return new PhasePlan("mutual", everyone(), new Objective.Mutual(weights, 2f), List.of());
    }

    /** The parameters of one copy of a student. */
    private static float[] copy(PreparedCohort prepared, StudentOutcome student, int fold) {
        CohortLayout layout = prepared.layout();
        int size = layout.size(student.student()) / FOLDS;
        return Arrays.copyOfRange(student.parameters(), fold * size, (fold + 1) * size);
    }

    @Test
    void aCopyLearnsNothingFromTheLabelsOfItsFoldNotEvenThroughItsPeers() {
        int[] labels = labels();
        int[] turned = IntStream.range(0, ROWS)
                .map(row -> foldOf()[row] == 1 ? 1 - labels[row] : labels[row])
                .toArray();
        try (PreparedCohort prepared = prepare(rows(labels, new BitSet()), 1);
                PreparedCohort other = prepare(rows(turned, new BitSet()), 1)) {
            for (PhasePlan plan : List.of(PhasePlan.alone(everyone()), mutual())) {
                PhaseOutcome a = prepared.run(plan);
                PhaseOutcome b = other.run(plan);
                for (int s : everyone()) {
                    StudentOutcome one = a.students().get(s);
                    StudentOutcome two = b.students().get(s);
                    assertThat(copy(prepared, one, 1)).isEqualTo(copy(other, two, 1));
                    assertThat(copy(prepared, one, 0)).isNotEqualTo(copy(other, two, 0));
                    assertThat(copy(prepared, one, 2)).isNotEqualTo(copy(other, two, 2));
                }
            }
        }
    }

    @Test
    void everyRowIsAnsweredByTheCopyThatNeverSawIt() {
        MultimodalDataset rows = rows(labels(), new BitSet());
        try (PreparedCohort prepared = prepare(rows, 4)) {
            PhaseOutcome outcome = prepared.run(PhasePlan.alone(everyone()));
            for (int fold = 0; fold < FOLDS; fold++) {
                float[][] said = saidByCopies(prepared, outcome, rows, fold);
                for (int s : everyone()) {
                    for (int row = 0; row < ROWS; row++) {
                        if (foldOf()[row] == fold) {
                            assertThat(outcome.students().get(s).validationOutputs()[2 * row])
                                    .isCloseTo(said[s][2 * row], within(1e-5f));
                        }
                    }
                }
            }
        }
    }

    /** What students say whose every copy is the one of {@code fold}, with the extractors of that fold. */
    private float[][] saidByCopies(PreparedCohort prepared, PhaseOutcome outcome, MultimodalDataset rows, int fold) {
        CohortLayout layout = prepared.layout();
        float[] flat = new float[layout.size() / FOLDS];
        CohortLayout one = new CohortLayout(
                cohort(),
                FusionOperators.standard(),
                key -> prepared.preparation()
                        .width(new InputKey(
                                key.modality(), key.label(), key.label().equals("raw") ? 0 : fold)));
        for (StudentOutcome student : outcome.students()) {
            float[] copy = copy(prepared, student, fold);
            System.arraycopy(copy, 0, flat, one.offset(student.student()), copy.length);
        }
        SortedMap<InputKey, FittedExtractor> own = new TreeMap<>();
        prepared.preparation().extractors().forEach((key, extractor) -> {
            if (key.fold() == fold) {
                own.put(new InputKey(key.modality(), key.label(), 0), extractor);
            }
        });
        Preparation preparation = new Preparation(
                prepared.preparation().standardisers(),
                own,
                prepared.preparation().targets());
        try (CohortPredictor predictor = new CohortPredictor(backend, one, preparation, flat)) {
            return predictor.predict(rows.samples(), Members.all(cohort().size()));
        }
    }

    @Test
    void aStudentsLossIsTheMeanOverAllRowsItSees() {
        BitSet withoutZ = new BitSet();
        withoutZ.set(10, 40);
        int[] labels = labels();
        try (PreparedCohort prepared = prepare(rows(labels, withoutZ), 3)) {
            for (StudentOutcome student :
                    prepared.run(PhasePlan.alone(everyone())).students()) {
                boolean needsZ = !cohort().students().get(student.student()).isUnimodal(0);
                double sum = 0;
                int count = 0;
                for (int row = 0; row < ROWS; row++) {
                    if (!needsZ || !withoutZ.get(row)) {
                        float[] outputs = student.validationOutputs();
                        double margin = outputs[2 * row + labels[row]] - outputs[2 * row + 1 - labels[row]];
                        sum += Math.log1p(Math.exp(-margin));
                        count++;
                    }
                }
                assertThat(student.validationLoss()).isCloseTo(sum / count, within(1e-5));
            }
        }
    }

    @Test
    void aStudentLearnsTheSameBitsWhoeverElseIsInTheStack() {
        try (PreparedCohort prepared = prepare(rows(labels(), new BitSet()), 4)) {
            PhaseOutcome all = prepared.run(PhasePlan.alone(everyone()));
            for (StudentOutcome student : prepared.run(PhasePlan.alone(1, 4, 6)).students()) {
                assertThat(student.parameters())
                        .isEqualTo(all.students().get(student.student()).parameters());
            }
        }
    }

    @Test
    void twoStudentsThatAddUpDoSoFoldByFold() {
        try (PreparedCohort prepared = prepare(rows(labels(), new BitSet()), 25)) {
            int[] pair = IntStream.of(everyone())
                    .filter(s -> cohort().students().get(s).modalities().length == 1)
                    .filter(s -> cohort().students().get(s).label().contains("raw"))
                    .toArray();
            assertThat(pair).hasSize(2);
            PhaseOutcome outcome =
                    prepared.run(new PhasePlan("cooperative", pair, new Objective.Cooperative(0.5f), List.of()));
            assertThat(outcome.students().get(0).validationLoss()).isLessThan(0.45);
        }
    }
}
