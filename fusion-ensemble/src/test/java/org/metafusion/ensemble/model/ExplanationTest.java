package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.modality.Sample;
import org.metafusion.core.modality.Task;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;

/** Why a model says what it says. */
final class ExplanationTest {

    private static Sample sample(MultimodalDataset rows, int row) {
        Sample sample = new Sample(java.util.Map.of());
        for (var table : rows.samples().tables()) {
            int width = table.modality().width();
            sample = sample.and(
                    table.modality().name(), Arrays.copyOfRange(table.values(), row * width, (row + 1) * width));
        }
        return sample;
    }

    private static void assertAddsUp(Task task) {
        MultimodalDataset rows = TinyData.of(task, 60, false);
        try (MetaFusion fusion = TinyData.tiny().build();
                FusionModel model = fusion.fit(rows).model()) {
            for (int row = 0; row < 20; row++) {
                Sample both = sample(rows, row);
                Explanation explanation = model.explain(both);
                Prediction prediction = model.predict(both);
                assertThat(explanation.prediction().values()).isEqualTo(prediction.values());
                double sum = explanation.base()
                        + explanation.contributions().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum();
                assertThat(sum).isCloseTo(prediction.value(), within(1e-9));
                assertThat(explanation.contributions()).containsOnlyKeys("image", "text");
                assertThat(explanation.members()).hasSize(prediction.committee().members().length);
            }
        }
    }

    @Test
    void contributionsAddUpToTheProbabilityLessThatOfAnyClass() {
        assertAddsUp(TinyData.CLASSES);
    }

    @Test
    void contributionsAddUpToTheValueLessTheTrainingMean() {
        assertAddsUp(TinyData.VALUE);
    }

    @Test
    void aSingleModalityContributesEverything() {
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 60, false);
        try (MetaFusion fusion = TinyData.tiny().build();
                FusionModel model = fusion.fit(rows).model()) {
            Sample image = Sample.of("image", new float[8]);
            Explanation explanation = model.explain(image);
            assertThat(explanation.contributions()).containsOnlyKeys("image");
            assertThat(explanation.contributions().get("image"))
                    .isCloseTo(model.predict(image).value() - 1.0 / 3, within(1e-9));
        }
    }
}
