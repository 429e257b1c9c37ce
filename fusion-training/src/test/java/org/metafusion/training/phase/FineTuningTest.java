package org.metafusion.training.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.Trainer.Objective;
import org.metafusion.core.port.Trainer.PhasePlan;
import org.metafusion.core.port.Trainer.StudentOutcome;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.Representation.Extracted;
import org.metafusion.core.representation.Representation.Tuned;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;
import org.metafusion.training.alignment.ContrastiveExtractor;
import org.metafusion.training.encoder.TrainedExtractor;
import org.metafusion.training.network.CohortPredictor;
import org.metafusion.training.network.RowPredictor;
import org.metafusion.training.network.TrainedLayers;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.PcaExtractor;

/** Students whose encoders start from encoders trained beforehand and learn on. */
final class FineTuningTest {

    private static final int ROWS = 240;
    private static final int WIDTH = 4;
    private static final Representation NULL = new Representation.Null();
    private static final Representation RAW = new Representation.Raw();
    private static final List<Modality> MODALITIES = List.of(Modality.of("x", 10), Modality.of("z", 7));
    private static final Task.Classification SIGNS = new Task.Classification(List.of("same", "different"));
    /** As many targets as an encoder has features, so that a head of ones on the diagonal shows them. */
    private static final Task.Regression FEATURES = new Task.Regression(List.of("a", "b", "c", "d"));

    private static final Map<String, FeatureExtractor> EXTRACTORS = Map.of(
            "sup",
            TrainedExtractor.supervised(),
            "ae",
            TrainedExtractor.autoencoder(),
            "con",
            new ContrastiveExtractor(),
            "pca",
            new PcaExtractor());

    private final TensorBackend backend = new CpuBackend(new BackendConfig(2));

    @AfterEach
    void close() {
        backend.close();
    }

    private static Extracted frozen(String extractor) {
        return new Extracted(extractor, WIDTH);
    }

    private static Tuned tuned(String extractor) {
        FeatureExtractor known = Objects.requireNonNull(EXTRACTORS.get(extractor));
        return new Tuned(frozen(extractor), known.encoderForm(WIDTH).orElseThrow());
    }

    private static StudentSpec student(Representation... representations) {
        return new StudentSpec(List.of(representations), "concatenation", HeadSpec.LINEAR);
    }

    /** Both modalities mix two latent variables; the class is whether these have the same sign. Some rows lack z. */
    private static MultimodalDataset rows(Task task, int seed) {
        Random random = new Random(seed);
        double[][] latent = new double[ROWS][2];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            latent[row] = new double[] {random.nextGaussian(), random.nextGaussian()};
            labels[row] = latent[row][0] * latent[row][1] > 0 ? 0 : 1;
        }
        BitSet lacking = new BitSet();
        lacking.set(20, 32);
        List<FeatureTable> tables = MODALITIES.stream()
                .map(m -> table(m, latent, random, m.name().equals("z") ? lacking : new BitSet()))
                .toList();
        Samples samples =
                new Samples(IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList(), tables);
        Targets targets = task instanceof Task.Regression regression
                ? new Targets.Values(regression, noise(random, ROWS * WIDTH))
                : new Targets.Labels(SIGNS, labels);
        return new MultimodalDataset("signs", samples, targets);
    }

    private static FeatureTable table(Modality modality, double[][] latent, Random random, BitSet missing) {
        int width = modality.width();
        double[] mixing = random.doubles(2L * width, -1, 1).toArray();
        float[] values = new float[ROWS * width];
        for (int i = 0; i < values.length; i++) {
            double[] of = latent[i / width];
            values[i] = (float) (of[0] * mixing[i % width] + of[1] * mixing[width + i % width]);
        }
        return new FeatureTable(modality, ROWS, values, missing);
    }

    private static float[] noise(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static PreparedCohort prepare(
            TensorBackend backend, MultimodalDataset rows, TrainingOptions options, StudentSpec... students) {
        Cohort cohort = new Cohort(MODALITIES, rows.task(), List.of(students));
        int[] all = IntStream.range(0, ROWS).toArray();
        TrainingRows split = TrainingRows.holdout(
                rows.select(Arrays.copyOf(all, 160)), rows.select(Arrays.copyOfRange(all, 160, ROWS)));
        return new CohortTrainer(backend, FusionOperators.standard(), EXTRACTORS, options)
                .begin(cohort, split, TrainingListener.SILENT);
    }

    private static TrainingOptions options(int epochs, float learningRate) {
        return new TrainingOptions(epochs, 32, learningRate, 0f, 0f, epochs, 1f, 1f, 7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sup", "ae", "con"})
    void beforeTrainingTheyGiveWhatTheFrozenExtractorGives(String extractor) {
        MultimodalDataset rows = rows(FEATURES, 3);
        try (PreparedCohort prepared = prepare(
                backend, rows, options(1, 1e-3f), student(tuned(extractor), NULL), student(frozen(extractor), NULL))) {
            float[] flat =
                    prepared.layout().initialise(5, prepared.preparation().starts());
            for (int s = 0; s < 2; s++) {
                showFeatures(
                        flat, prepared.layout().offset(s) + prepared.layout().size(s));
            }
            float[][] said;
            try (CohortPredictor predictor =
                    new CohortPredictor(backend, prepared.layout(), prepared.preparation(), flat)) {
                said = predictor.predict(rows.samples(), Members.all(2));
            }
            float[] wanted = prepared.preparation()
                    .apply(rows.samples(), List.of(InputKey.of(0, frozen(extractor), 0)))
                    .inputs()
                    .values()
                    .iterator()
                    .next()
                    .toArray("wanted");
            assertThat(said[0]).containsExactly(wanted, within(2e-5f));
            assertThat(said[1]).containsExactly(wanted, within(2e-5f));
            assertRow(prepared, flat, rows.samples(), wanted);
        }
    }

    /** Makes the linear head that ends before {@code end} say the features it reads. */
    private static void showFeatures(float[] flat, int end) {
        int from = end - WIDTH - WIDTH * WIDTH;
        Arrays.fill(flat, from, end, 0f);
        for (int j = 0; j < WIDTH; j++) {
            flat[from + j * WIDTH + j] = 1f;
        }
    }

    private void assertRow(PreparedCohort prepared, float[] flat, Samples samples, float[] wanted) {
        RowPredictor predictor = new RowPredictor(backend.rowKernel(), prepared.layout(), prepared.preparation(), flat);
        float[][] features = new float[2][];
        features[0] = Arrays.copyOf(samples.tables().get(0).values(), 10);
        features[1] = new float[7];
        float[][] said = new float[1][WIDTH];
        predictor.predict(features, new int[] {0}, predictor.newScratch(), said);
        assertThat(said[0]).containsExactly(Arrays.copyOf(wanted, WIDTH), within(2e-5f));
    }

    @Test
    void everyPhaseStartsFromTheEncodersTrainedBeforehand() {
        StudentSpec[] students = {student(tuned("sup"), tuned("con")), student(tuned("ae"), RAW)};
        try (PreparedCohort prepared = prepare(backend, rows(SIGNS, 3), options(1, 1e-12f), students)) {
            PhasePlan mutual = new PhasePlan(
                    "mutual", new int[] {0, 1}, new Objective.Mutual(new float[][] {{0, 1}, {1, 0}}, 1f), List.of());
            for (PhasePlan plan : List.of(PhasePlan.alone(0, 1), mutual, PhasePlan.alone(0, 1))) {
                StudentOutcome outcome = prepared.run(plan).students().get(0);
                TrainedLayers layers = new TrainedLayers(prepared.layout(), 0, outcome.parameters());
                for (int m = 0; m < 2; m++) {
                    Tuned representation = tuned(m == 0 ? "sup" : "con");
                    float[] start = prepared.preparation()
                            .starts()
                            .of(m, representation, 0)
                            .orElseThrow()
                            .layers()
                            .get(0)
                            .weights();
                    assertThat(layers.encoder(m).get(0).weights()).containsExactly(start, within(1e-9f));
                }
            }
        }
    }

    @Test
    void theyLearnOnWithTheirStudentToTheSameBitsWhateverTheThreads() {
        StudentSpec[] students = {
            student(tuned("con"), tuned("con")), student(tuned("sup"), RAW), student(frozen("con"), frozen("sup"))
        };
        float[] once = new float[0];
        for (int threads = 1; threads <= 3; threads++) {
            try (TensorBackend other = new CpuBackend(new BackendConfig(threads));
                    PreparedCohort prepared = prepare(other, rows(SIGNS, 3), options(3, 1e-3f), students)) {
                StudentOutcome outcome =
                        prepared.run(PhasePlan.alone(0, 1, 2)).students().get(0);
                float[] start = prepared.preparation()
                        .starts()
                        .of(0, tuned("con"), 0)
                        .orElseThrow()
                        .layers()
                        .get(0)
                        .weights();
                float[] trained = new TrainedLayers(prepared.layout(), 0, outcome.parameters())
                        .encoder(0)
                        .get(0)
                        .weights();
                assertThat(distance(start, trained)).isBetween(1e-3, 10.0);
                once = threads == 1 ? outcome.parameters() : once;
                assertThat(outcome.parameters()).isEqualTo(once);
            }
        }
    }

    private static double distance(float[] a, float[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(i -> (a[i] - b[i]) * (a[i] - b[i]))
                .sum());
    }

    static Stream<Integer> seeds() {
        return Stream.of(3, 4, 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void fromAGoodStartFewerEpochsAreNeeded(int seed) {
        StudentSpec[] students = {
            student(tuned("sup"), NULL), student(new Representation.Encoded(List.of(256), WIDTH), NULL)
        };
        try (PreparedCohort prepared = prepare(backend, rows(SIGNS, seed), options(4, 1e-3f), students)) {
            List<StudentOutcome> outcomes = prepared.run(PhasePlan.alone(0, 1)).students();
            assertThat(outcomes.get(0).lossByEpoch()[1])
                    .isLessThan(outcomes.get(1).lossByEpoch()[3]);
        }
    }

    @Test
    void anExtractorThatFitsAnotherEncoderThanAnnouncedIsNamed() {
        Tuned other = new Tuned(frozen("sup"), new EncoderForm(List.of(8, WIDTH), false));
        assertThatThrownBy(() -> prepare(backend, rows(SIGNS, 3), options(1, 1e-3f), student(other, NULL)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Extractor 'sup' announced EncoderForm[widths=[8, 4], unitLength=false] of 10 features but"
                        + " fitted EncoderForm[widths=[256, 4], unitLength=false] of 10");
        Tuned none = new Tuned(frozen("pca"), new EncoderForm(List.of(WIDTH), false));
        assertThatThrownBy(() -> prepare(backend, rows(SIGNS, 3), options(1, 1e-3f), student(none, NULL)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Extractor 'pca' announced a dense encoder but fitted none");
    }
}
