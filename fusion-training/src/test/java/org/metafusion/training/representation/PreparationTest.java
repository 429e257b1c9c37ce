package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.FusionException;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.Extraction;
import org.metafusion.core.representation.ExtractionRows;
import org.metafusion.core.representation.FeatureExtractor;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;
import org.metafusion.training.forest.ForestExtractor;

/** What is fitted on training rows, and only on those that have the modality. */
final class PreparationTest {

    private static final Modality X = Modality.of("x", 2);

    private static FeatureTable table(BitSet missing, float... values) {
        return new FeatureTable(X, values.length / 2, values, missing);
    }

    private static BitSet rows(int... rows) {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    @Test
    void unknownExtractorsAndModalitiesWithoutRowsAreNamed() {
        Task.Regression task = new Task.Regression(List.of("y"));
        Targets.Values targets = new Targets.Values(task, new float[] {1, 2});
        StudentSpec student =
                new StudentSpec(List.of(new Representation.Extracted("umap", 1)), "concatenation", HeadSpec.LINEAR);
        Cohort cohort = new Cohort(List.of(X), task, List.of(student));
        MultimodalDataset data = new MultimodalDataset(
                "d", new Samples(List.of("a", "b"), List.of(table(new BitSet(), 1, 2, 3, 4))), targets);
        assertThatThrownBy(() -> Preparation.fit(cohort, TrainingRows.holdout(data, data), setup(new PcaExtractor())))
                .isInstanceOf(FusionException.class)
                .hasMessage("Unknown extractor 'umap'; known are [pca]");
        MultimodalDataset empty = new MultimodalDataset(
                "d", new Samples(List.of("a", "b"), List.of(table(rows(0, 1), 1, 2, 3, 4))), targets);
        assertThatThrownBy(() -> Preparation.fit(cohort, TrainingRows.holdout(empty, empty), setup()))
                .isInstanceOf(FusionException.class)
                .hasMessage("No training row has modality 'x'; remove it or give it rows");
    }

    private final TensorBackend backend = new CpuBackend(new BackendConfig(1));

    @AfterEach
    void close() {
        backend.close();
    }

    private Preparation.Setup setup(FeatureExtractor... known) {
        return new Preparation.Setup(
                Stream.of(known).collect(Collectors.toMap(FeatureExtractor::name, e -> e)), backend, 1, 3);
    }

    private static TrainingRows both(MultimodalDataset rows) {
        return TrainingRows.holdout(rows, rows);
    }

    @Test
    void extractorsAreFittedForEachFoldOnTheRowsItsCopiesLearnFrom() {
        Recorder recorder = new Recorder(OptionalInt.empty(), 1);
        MultimodalDataset rows = pair(12);
        int[] foldOf = {0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Preparation preparation = Preparation.fit(
                cohort(new Representation.Extracted("recorder", 2)),
                TrainingRows.crossFitted(rows, 2, foldOf),
                setup(recorder));
        assertThat(recorder.seen)
                .extracting(seen -> seen.modalities().get(1).rows())
                .containsExactly(10, 2);
        assertThat(preparation.extractors().keySet())
                .containsExactly(new InputKey(0, "recorder2", 0), new InputKey(0, "recorder2", 1));
    }

    @Test
    void rowsThatAForestGrewOnAreTakenOutOfBagAndOthersAsPredicted() {
        float[] answers = new float[12];
        for (int row = 0; row < answers.length; row++) {
            answers[row] = row * row;
        }
        Samples samples = pair(12).samples();
        MultimodalDataset set =
                new MultimodalDataset("pair", samples, new Targets.Values(new Task.Regression(List.of("y")), answers));
        int[] foldOf = IntStream.range(0, 12).map(row -> row % 2).toArray();
        TrainingRows rows = TrainingRows.crossFitted(set, 2, foldOf);
        Preparation preparation =
                Preparation.fit(cohort(new Representation.Extracted("forest", 5)), rows, setup(new ForestExtractor()));
        for (int fold = 0; fold < 2; fold++) {
            InputKey key = new InputKey(0, "forest5", fold);
            float[] predicted = inputs(preparation.apply(samples, List.of(key)), key);
            float[] learned = inputs(preparation.applyToLearned(rows, List.of(key)), key);
            float[] outOfBag = Objects.requireNonNull(preparation.extractors().get(key))
                    .outOfBag()
                    .orElseThrow();
            int next = 0;
            for (int row = 0; row < 12; row++) {
                boolean isGrownOn = foldOf[row] != fold && row != 0; // Row 0 lacks the modality.
                assertThat(learned[row]).isEqualTo(isGrownOn ? outOfBag[next++] : predicted[row]);
            }
            assertThat(next).isEqualTo(outOfBag.length);
            assertThat(learned).isNotEqualTo(predicted);
        }
    }

    private static float[] inputs(PreparedRows prepared, InputKey key) {
        return Objects.requireNonNull(prepared.inputs().get(key)).toArray("x");
    }

    @Test
    void aModalityThatOnlyOneFoldHasIsNamed() {
        int[] foldOf = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        TrainingRows rows = TrainingRows.crossFitted(pair(12), 2, foldOf);
        Cohort cohort = cohort(new Representation.Extracted("pca", 1));
        Preparation.Setup setup = setup(new PcaExtractor());
        assertThatThrownBy(() -> Preparation.fit(cohort, rows, setup))
                .isInstanceOf(FusionException.class)
                .hasMessage("Only the rows of one fold have modality 'x'; remove it, give it rows, or fit with fewer"
                        + " folds");
    }

    /** Two modalities of which the first row has only the second. */
    private static MultimodalDataset pair(int rows) {
        float[] x = new float[2 * rows];
        float[] z = new float[rows];
        for (int i = 0; i < rows; i++) {
            x[2 * i] = i;
            x[2 * i + 1] = i % 3;
            z[i] = i % 5;
        }
        return new MultimodalDataset(
                "pair",
                new Samples(
                        IntStream.range(0, rows).mapToObj(i -> "r" + i).toList(),
                        List.of(
                                new FeatureTable(X, rows, x, rows(0)),
                                FeatureTable.complete(Modality.of("z", 1), rows, z))),
                new Targets.Values(new Task.Regression(List.of("y")), new float[rows]));
    }

    private static Cohort cohort(Representation... ofX) {
        List<StudentSpec> students = Stream.of(ofX)
                .map(x -> new StudentSpec(List.of(x, new Representation.Raw()), "concatenation", HeadSpec.LINEAR))
                .toList();
        return new Cohort(List.of(X, Modality.of("z", 1)), new Task.Regression(List.of("y")), students);
    }

    /** Keeps what it is asked. */
    private static final class Recorder implements FeatureExtractor {
        private final List<Extraction> asked = new ArrayList<>();
        private final List<ExtractionRows> seen = new ArrayList<>();
        private final OptionalInt own;
        private final int given;

        Recorder(OptionalInt own, int given) {
            this.own = own;
            this.given = given;
        }

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public OptionalInt ownWidth() {
            return own;
        }

        @Override
        public List<FittedExtractor> fit(ExtractionRows rows, List<Extraction> wanted) {
            seen.add(rows);
            asked.addAll(wanted);
            return Collections.nCopies(given, new PcaExtractor().fit(new float[] {1, 2, 4, 3, 5, 7}, 3, 2, 2));
        }

        @Override
        public FittedExtractor restore(Map<String, float[]> state) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void anExtractorIsAskedOnceForAllItIsWantedForAndSeesEveryModality() {
        Recorder recorder = new Recorder(OptionalInt.empty(), 2);
        Cohort cohort =
                cohort(new Representation.Extracted("recorder", 5), new Representation.Extracted("recorder", 3));
        Preparation preparation = Preparation.fit(cohort, both(pair(12)), setup(recorder));
        assertThat(recorder.asked).containsExactly(new Extraction(0, 5), new Extraction(0, 3));
        assertThat(recorder.seen).hasSize(1);
        ExtractionRows rows = recorder.seen.get(0);
        assertThat(rows.seed()).isEqualTo(3);
        assertThat(rows.backend()).isSameAs(backend);
        assertThat(rows.targets().rows()).isEqualTo(12);
        assertThat(rows.modalities()).extracting(StandardisedRows::rows).containsExactly(12, 12);
        assertThat(rows.modalities().get(0).present().rows()).isEqualTo(11);
        assertThat(rows.modalities().get(0).values()).startsWith(0f, 0f);
        assertThat(preparation.extractors().keySet())
                .extracting(InputKey::label)
                .containsExactly("recorder3", "recorder5");
    }

    @Test
    void anExtractorWithAWidthOfItsOwnIsAskedForThat() {
        Recorder recorder = new Recorder(OptionalInt.of(2), 1);
        Preparation preparation =
                Preparation.fit(cohort(new Representation.Extracted("recorder", 0)), both(pair(12)), setup(recorder));
        assertThat(recorder.asked).containsExactly(new Extraction(0, 2));
        assertThat(preparation.extractors().keySet())
                .extracting(InputKey::label)
                .containsExactly("recorder");
    }

    @Test
    void widthsThatDoNotSuitTheExtractorAreNamed() {
        assertThatThrownBy(() -> Preparation.fit(
                        cohort(new Representation.Extracted("recorder", 8)),
                        both(pair(12)),
                        setup(new Recorder(OptionalInt.of(2), 1))))
                .isInstanceOf(FusionException.class)
                .hasMessage("Extractor 'recorder' gives 2 features; write 'recorder' in place of 'recorder8'");
        assertThatThrownBy(() -> Preparation.fit(
                        cohort(new Representation.Extracted("pca", 0)), both(pair(12)), setup(new PcaExtractor())))
                .isInstanceOf(FusionException.class)
                .hasMessage("Extractor 'pca' needs a width; write 'pca32' in place of 'pca', with a width of your own");
    }

    @Test
    void anExtractorThatGivesTooManyOrTooFewFeaturesIsCaught() {
        assertThatThrownBy(() -> Preparation.fit(
                        cohort(new Representation.Extracted("recorder", 8)),
                        both(pair(12)),
                        setup(new Recorder(OptionalInt.empty(), 3))))
                .hasMessage("Extractor 'recorder' was asked for 1 representations but gave 3");
        Preparation fitted = new Preparation(
                List.of(
                        new Standardiser(new float[2], new float[] {1, 1}),
                        new Standardiser(new float[1], new float[] {1})),
                new TreeMap<>(Map.of(new InputKey(0, "odd", 0), new Odd())),
                new TargetScaling(new double[] {0}, new double[] {1}));
        assertThatThrownBy(() -> fitted.apply(pair(4).samples(), List.of(new InputKey(0, "odd", 0))))
                .hasMessage("Representation 'odd' of 4 rows must have 4 x 2 values but its extractor gave 3");
    }

    private record Odd() implements FittedExtractor {
        @Override
        public int width() {
            return 2;
        }

        @Override
        public float[] apply(float[] values, int rows) {
            return new float[3];
        }

        @Override
        public Map<String, float[]> state() {
            return Map.of();
        }
    }
}
