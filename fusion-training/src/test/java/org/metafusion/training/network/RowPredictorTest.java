package org.metafusion.training.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.metafusion.core.cohort.Cohort;
import org.metafusion.core.fusion.FusionOperators;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.Modality;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Targets;
import org.metafusion.core.modality.Task;
import org.metafusion.core.port.TrainingRows;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.core.student.StudentSpec;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.Members;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;
import org.metafusion.training.representation.InputKey;
import org.metafusion.training.representation.KernelPcaExtractor;
import org.metafusion.training.representation.PcaExtractor;
import org.metafusion.training.representation.Preparation;

/** Single rows, without a backend, against the same rows as a batch on one. */
final class RowPredictorTest {

    private static final Modality X = Modality.of("x", 9);
    private static final Modality Z = Modality.of("z", 9);
    private static final Task.Classification TASK = new Task.Classification(List.of("a", "b", "c"));
    private static final Representation RAW = new Representation.Raw();
    private static final Representation NULL = new Representation.Null();
    private static final Representation PCA = new Representation.Extracted("pca", 4);
    private static final Representation KERNEL = new Representation.Extracted("laplace", 12);
    private static final Representation ENCODED = new Representation.Encoded(List.of(6), 4);
    private static final int ROWS = 37;

    private final TensorBackend backend = new CpuBackend(new BackendConfig(1));
    private final Cohort cohort = new Cohort(
            List.of(X, Z),
            TASK,
            List.of(
                    student("concatenation", HeadSpec.of(20), RAW, PCA),
                    student("concatenation", HeadSpec.of(7, 6), NULL, ENCODED),
                    student("concatenation", HeadSpec.LINEAR, ENCODED, RAW),
                    student("product", HeadSpec.of(5), PCA, ENCODED),
                    student("tensor", HeadSpec.of(33), RAW, PCA),
                    student("tensor-augmented", HeadSpec.LINEAR, PCA, RAW),
                    student("concatenation", HeadSpec.of(4), PCA, NULL),
                    student("concatenation", HeadSpec.LINEAR, KERNEL, RAW),
                    student("low-rank", HeadSpec.of(4), RAW, PCA),
                    student("mean", HeadSpec.of(5), PCA, ENCODED),
                    student("gated", HeadSpec.LINEAR, ENCODED, RAW),
                    student("attention", HeadSpec.of(20), RAW, ENCODED),
                    student("film", HeadSpec.of(3), RAW, PCA)));
    private final Samples samples = samples();
    private final MultimodalDataset rows = new MultimodalDataset("rows", samples, new Targets.Labels(TASK, labels()));
    private final Preparation.Setup setup = new Preparation.Setup(
            Map.of("pca", new PcaExtractor(), "laplace", KernelPcaExtractor.laplacian()), backend, 1, 5);
    private final Preparation preparation = Preparation.fit(cohort, TrainingRows.holdout(rows, rows), setup);
    private final CohortLayout layout = new CohortLayout(cohort, FusionOperators.standard(), preparation::width);
    private final float[] parameters = layout.initialise(11);
    private float[][] batch = new float[0][];

    private static StudentSpec student(String operator, HeadSpec head, Representation... representations) {
        return new StudentSpec(List.of(representations), operator, head);
    }

    private static Samples samples() {
        Random random = new Random(4);
        List<FeatureTable> tables = new ArrayList<>();
        for (Modality modality : List.of(X, Z)) {
            float[] values = new float[ROWS * modality.width()];
            for (int i = 0; i < values.length; i++) {
                values[i] = 3 + (float) random.nextGaussian();
            }
            tables.add(FeatureTable.complete(modality, ROWS, values));
        }
        return new Samples(IntStream.range(0, ROWS).mapToObj(i -> "r" + i).toList(), tables);
    }

    private static int[] labels() {
        return IntStream.range(0, ROWS).map(i -> i % 3).toArray();
    }

    @BeforeEach
    void predictTheBatch() {
        try (CohortPredictor predictor = new CohortPredictor(backend, layout, preparation, parameters)) {
            batch = predictor.predict(samples, Members.all(cohort.size()));
        }
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private @Nullable float[][] features(int row) {
        return samples.tables().stream()
                .map(table -> table.select(new int[] {row}).values())
                .toArray(float[][]::new);
    }

    private void assertRows(RowPredictor predictor) {
        RowPredictor.Scratch scratch = predictor.newScratch();
        int[] members = IntStream.range(0, cohort.size()).toArray();
        float[][] outputs = new float[members.length][3];
        for (int row = 0; row < ROWS; row++) {
            predictor.predict(features(row), members, scratch, outputs);
            for (int s : members) {
                for (int c = 0; c < 3; c++) {
                    assertThat(outputs[s][c])
                            .as("student %d, row %d, output %d", s, row, c)
                            .isCloseTo(batch[s][row * 3 + c], within(2e-5f));
                }
            }
        }
    }

    @Test
    void everyKindOfStudentAnswersARowAsItDoesABatch() {
        assertRows(new RowPredictor(backend.rowKernel(), layout, preparation, parameters));
    }

    @Test
    void aStudentInCopiesSaysTheirMeanOfARowAndOfABatch() {
        int[] foldOf = IntStream.range(0, ROWS).map(row -> row % 3).toArray();
        Preparation byFold = Preparation.fit(cohort, TrainingRows.crossFitted(rows, 3, foldOf), setup);
        CohortLayout inCopies = new CohortLayout(cohort, 3, FusionOperators.standard(), byFold::width);
        float[] flat = inCopies.initialise(5);
        try (CohortPredictor predictor = new CohortPredictor(backend, inCopies, byFold, flat)) {
            batch = predictor.predict(samples, Members.all(cohort.size()));
        }
        assertRows(new RowPredictor(backend.rowKernel(), inCopies, byFold, flat));
        assertThat(batch[0][0]).isCloseTo(meanOfCopies(byFold, inCopies, flat), within(2e-5f));
    }

    /** Student 0's first output of row 0, each copy predicted by a layout of its own. */
    private float meanOfCopies(Preparation byFold, CohortLayout inCopies, float[] flat) {
        float sum = 0;
        for (int copy = 0; copy < 3; copy++) {
            int fold = copy;
            java.util.TreeMap<InputKey, FittedExtractor> own = new java.util.TreeMap<>();
            byFold.extractors().forEach((key, extractor) -> {
                if (key.fold() == fold) {
                    own.put(new InputKey(key.modality(), key.label(), 0), extractor);
                }
            });
            Preparation alone = new Preparation(byFold.standardisers(), own, byFold.targets());
            Cohort first =
                    new Cohort(cohort.modalities(), TASK, cohort.students().subList(0, 1));
            CohortLayout one = new CohortLayout(first, FusionOperators.standard(), alone::width);
            float[] parametersOfCopy = java.util.Arrays.copyOfRange(flat, copy * one.size(), (copy + 1) * one.size());
            try (CohortPredictor predictor = new CohortPredictor(backend, one, alone, parametersOfCopy)) {
                sum += predictor.predict(samples, Members.all(1))[0][0];
            }
        }
        return sum / 3;
    }

    @Test
    void onlyTheModalitiesOfTheMembersAreRead() {
        RowPredictor predictor = new RowPredictor(backend.rowKernel(), layout, preparation, parameters);
        float[][] outputs = new float[2][3];
        @Nullable float[][] features = features(5);
        features[1] = null;
        predictor.predict(features, new int[] {6, 6}, predictor.newScratch(), outputs);
        assertThat(outputs[0]).isEqualTo(outputs[1]).doesNotContain(Float.NaN);
    }

    @Test
    void threadsShareAPredictor() throws Exception {
        RowPredictor predictor = new RowPredictor(backend.rowKernel(), layout, preparation, parameters);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                tasks.add(() -> {
                    assertRows(predictor);
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
