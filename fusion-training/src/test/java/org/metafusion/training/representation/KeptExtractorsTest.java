package org.metafusion.training.representation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.metafusion.core.cohort.Cohort;
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
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackend;
import org.metafusion.training.forest.ForestExtractor;

/** What a model keeps of a preparation. */
final class KeptExtractorsTest {

    private static final Modality X = Modality.of("x", 2);

    @Test
    void whatOnlyDroppedStudentsReadIsNotKeptAndForestsForgetTheirRows() {
        int rows = 12;
        float[] values = new float[2 * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = i * 7 % 11;
        }
        Task.Regression task = new Task.Regression(List.of("y"));
        List<StudentSpec> students = Stream.of("pca", "forest")
                .map(name -> new StudentSpec(
                        List.of(new Representation.Extracted(name, 2)), "concatenation", HeadSpec.LINEAR))
                .toList();
        List<String> ids = IntStream.range(0, rows).mapToObj(i -> "r" + i).toList();
        MultimodalDataset data = new MultimodalDataset(
                "d",
                new Samples(ids, List.of(FeatureTable.complete(X, rows, values))),
                new Targets.Values(task, Arrays.copyOf(values, rows)));
        int[] foldOf = IntStream.range(0, rows).map(row -> row % 2).toArray();
        TrainingRows crossFitted = TrainingRows.crossFitted(data, 2, foldOf);
        Preparation all;
        try (TensorBackend backend = new CpuBackend(new BackendConfig(1))) {
            all = Preparation.fit(
                    new Cohort(List.of(X), task, students),
                    crossFitted,
                    new Preparation.Setup(
                            Map.of("pca", new PcaExtractor(), "forest", new ForestExtractor()), backend, 1, 3));
        }
        assertThat(all.extractors()).hasSize(4);

        Preparation kept = all.forPrediction(new Cohort(List.of(X), task, List.of(students.get(1))));
        assertThat(kept.extractors().keySet())
                .containsExactly(new InputKey(0, "forest2", 0), new InputKey(0, "forest2", 1));
        kept.extractors().forEach((key, forest) -> {
            FittedExtractor before = Objects.requireNonNull(all.extractors().get(key));
            assertThat(before.outOfBag()).isPresent();
            assertThat(forest.outOfBag()).isEmpty();
            assertThat(forest.apply(values, rows)).isEqualTo(before.apply(values, rows));
        });
    }
}
