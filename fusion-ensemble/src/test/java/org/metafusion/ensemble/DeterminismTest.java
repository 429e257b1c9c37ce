package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.model.FusionModel;

/** Same seed, same bits, whatever the thread count: a whole fit, with missing modalities, under every kind of student. */
final class DeterminismTest {

    static Stream<Task> tasks() {
        return Stream.of(TinyData.CLASSES, TinyData.VALUE);
    }

    /** What a fit gave, to the bit. */
    private record Outcome(
            float[] parameters, List<double[]> predictions, List<String> committees, double rho, List<?> students) {}

    private static Outcome fit(MultimodalDataset rows, int threads, long seed) {
        Map<String, List<String>> representations =
                Map.of("image", List.of("raw", "pca4", "enc4(6)"), "text", List.of("pca4", "raw"));
        MetaFusion.Builder builder = MetaFusion.configure()
                .backend("cpu")
                .threads(threads)
                .options(TinyData.options(representations, List.of("concatenation", "tensor"), 4))
                .seed(seed);
        try (MetaFusion fusion = builder.build()) {
            FitResult result = fusion.fit(rows);
            try (FusionModel model = result.model()) {
                return new Outcome(
                        model.content().parameters(),
                        TinyData.values(model.predict(rows.samples())),
                        model.describe().committees().stream()
                                .map(Object::toString)
                                .toList(),
                        result.rho(),
                        result.students());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tasks")
    void aFitDependsOnTheSeedAlone(Task task) {
        MultimodalDataset rows = TinyData.of(task, 90, true);
        Outcome one = fit(rows, 1, 7);
        for (int threads = 1; threads <= 3; threads++) {
            assertThat(fit(rows, threads, 7)).usingRecursiveComparison().isEqualTo(one);
        }
        assertThat(fit(rows, 2, 8).predictions()).usingRecursiveComparison().isNotEqualTo(one.predictions());
    }
}
