package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.committee.CombinationRule;

/** A fitted student of every operator: stored, restored, and asked row by row as in a batch. */
final class OperatorModelTest {

    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 90, true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tensor-augmented",
                "low-rank",
                "mean",
                "factorised",
                "gated",
                "attention",
                "film",
                "mean5",
                "factorised5",
                "low-rank5x3"
            })
    void survivesStorageAndAnswersRowsAsBatches(String operator) {
        Map<String, List<String>> representations =
                Map.of("image", List.of("raw", "enc5(7)"), "text", List.of("pca3", "raw"));
        try (MetaFusion fusion = TinyData.tiny()
                        .options(TinyData.options(representations, List.of(operator), 3)
                                .withRule(CombinationRule.SIMPLE_AVERAGE))
                        .build();
                FusionModel model = fusion.fit(rows).model();
                FusionModel restored = fusion.load(model.toStored())) {
            assertThat(restored.content().cohort().students())
                    .filteredOn(s -> s.modalities().length == 2)
                    .isNotEmpty()
                    .allMatch(s -> s.operator().equals(operator));
            assertThat(TinyData.values(restored.predict(rows.samples())))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyData.values(model.predict(rows.samples())));
            List<double[]> batch = TinyData.values(model.predict(rows.samples()));
            for (int row = 0; row < rows.rows(); row++) {
                double[] alone = restored.predict(rows.samples().select(new int[] {row}))
                        .get(0)
                        .values();
                assertThat(alone).containsExactly(batch.get(row), within(2e-5));
            }
        }
    }
}
