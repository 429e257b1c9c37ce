package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.FeatureFile;
import org.metafusion.core.modality.FeatureTable;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Samples;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.model.FusionModel;

/** Whether features lie in the heap or in a file decides nothing. */
final class FileBackedFitTest {

    private static final FitOptions OPTIONS = TinyData.options(
            Map.of("image", List.of("raw", "pca4", "enc4", "kpca5"), "text", List.of("raw", "cca3")),
            List.of("concatenation", "factorised8"),
            3);

    private static MultimodalDataset inFiles(MultimodalDataset rows) {
        List<FeatureTable> tables = rows.samples().tables().stream()
                .map(table -> {
                    try (FeatureFile file = FeatureFile.create(table.modality(), table.rows())) {
                        file.append(table);
                        return file.table();
                    }
                })
                .toList();
        return new MultimodalDataset(rows.name(), new Samples(rows.samples().ids(), tables), rows.targets());
    }

    private static FusionModel fit(FitOptions options, MultimodalDataset rows) {
        try (MetaFusion fusion = TinyData.tiny().options(options).build()) {
            return fusion.fit(rows).model();
        }
    }

    private static void assertSame(FitOptions options, Task task) {
        MultimodalDataset rows = TinyData.of(task, 120, true);
        int[] some = IntStream.range(0, 120).filter(row -> row % 5 > 0).toArray();
        try (FusionModel heap = fit(options, rows.select(some));
                FusionModel file = fit(options, inFiles(rows).select(some))) {
            assertThat(file.content().parameters()).isEqualTo(heap.content().parameters());
            assertThat(file.content().committees().full(2).weights())
                    .isEqualTo(heap.content().committees().full(2).weights());
            List<double[]> wanted = TinyData.values(heap.predict(rows.samples()));
            List<double[]> got = TinyData.values(file.predict(inFiles(rows).samples()));
            for (int row = 0; row < 120; row++) {
                assertThat(got.get(row)).isEqualTo(wanted.get(row));
            }
            assertThat(file.evaluate(inFiles(rows))).isEqualTo(heap.evaluate(rows));
            assertThat(TinyData.values(file.predict(inFiles(rows).samples())).get(0))
                    .hasSize(task.outputs());
        }
    }

    @ParameterizedTest(name = "cross-fitted below {0} rows")
    @ValueSource(ints = {0, 1000})
    void theModelIsTheSameToTheBit(int crossFittedBelow) {
        ValidationOptions validation = new ValidationOptions(0.2, 3, crossFittedBelow);
        assertSame(OPTIONS.withValidation(validation), TinyData.CLASSES);
        assertSame(OPTIONS.withValidation(validation), TinyData.VALUE);
    }

    @Test
    void aChoiceOfRowsInAFileIsStillThere() {
        Samples rows = inFiles(TinyData.of(TinyData.CLASSES, 40, true)).samples();
        int[] twice = {39, 39, 0};

        assertThat(Arrays.equals(
                        rows.select(twice).tables().get(0).values(),
                        TinyData.of(TinyData.CLASSES, 40, true)
                                .samples()
                                .select(twice)
                                .tables()
                                .get(0)
                                .values()))
                .isTrue();
    }
}
