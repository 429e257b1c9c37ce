package org.metafusion.ensemble.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.representation.AffineMap;
import org.metafusion.core.representation.EncoderForm;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.ModalityExtractor;
import org.metafusion.core.representation.Representation;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.ensemble.MetaFusion;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.training.representation.DenseEncoder;

/** Fitted students with fine-tuned encoders: stored, restored, and asked row by row as in a batch. */
final class TunedModelTest {

    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 90, true);

    /** A pretrained encoder of the user's: one dense layer whose outputs are the first features, doubled. */
    private record Doubled() implements ModalityExtractor {

        private static final int WIDTH = 5;

        @Override
        public String name() {
            return "doubled";
        }

        @Override
        public OptionalInt ownWidth() {
            return OptionalInt.of(WIDTH);
        }

        @Override
        public Optional<EncoderForm> encoderForm(int asked) {
            return Optional.of(new EncoderForm(List.of(asked), false));
        }

        @Override
        public List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed) {
            float[] weights = new float[rows.width() * WIDTH];
            for (int j = 0; j < WIDTH; j++) {
                weights[j * WIDTH + j] = 2f;
            }
            return List.of(new DenseEncoder(List.of(new AffineMap(weights, new float[WIDTH])), false));
        }

        @Override
        public FittedExtractor restore(Map<String, float[]> state) {
            return DenseEncoder.restore(name(), state);
        }
    }

    private static MetaFusion.Builder configure(String image, String text) {
        return TinyData.tiny()
                .extractor(new Doubled())
                .options(TinyData.options(
                                Map.of("image", List.of(image, "raw"), "text", List.of(text)),
                                List.of("concatenation", "factorised"),
                                3)
                        .withRule(CombinationRule.SIMPLE_AVERAGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sup4-tuned", "ae4-tuned", "con4-tuned", "doubled-tuned"})
    void survivesStorageWithoutItsExtractorAndAnswersRowsAsBatches(String label) {
        try (MetaFusion fusion = configure(label, "con3-tuned").build();
                FusionModel model = fusion.fit(rows).model();
                MetaFusion elsewhere = TinyData.tiny().build();
                FusionModel restored = elsewhere.load(model.toStored())) {
            assertThat(restored.content().cohort().students())
                    .flatExtracting(s -> s.representations().stream()
                            .map(Representation::label)
                            .toList())
                    .contains(label, "con3-tuned");
            List<double[]> batch = TinyData.values(model.predict(rows.samples()));
            assertThat(TinyData.values(restored.predict(rows.samples())))
                    .usingRecursiveComparison()
                    .isEqualTo(batch);
            for (int row = 0; row < rows.rows(); row++) {
                double[] alone = restored.predict(rows.samples().select(new int[] {row}))
                        .get(0)
                        .values();
                assertThat(alone).containsExactly(batch.get(row), within(2e-5));
            }
        }
    }

    @Test
    void nothingOfTheEncoderItStartedFromIsStored() {
        try (MetaFusion fusion = configure("sup4-tuned", "con3-tuned").build();
                FusionModel model = fusion.fit(rows).model()) {
            StoredModel stored = model.toStored();
            assertThat(stored.tensors().keySet()).noneMatch(name -> name.startsWith("extractors."));
            assertThat(model.content().preparation().starts().byKey()).isEmpty();
        }
    }

    @Test
    void whatCannotBeFineTunedIsSaidBeforeAnythingIsTrained() {
        try (MetaFusion fusion = configure("pca3-tuned", "raw").build()) {
            assertThatThrownBy(() -> fusion.fit(rows))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("Representation 'pca3-tuned' cannot be fine-tuned: extractor 'pca' fits no dense"
                            + " encoder; those that do are [ae, con, doubled, sup], or use 'pca3' as it is");
        }
        try (MetaFusion fusion = configure("doubled9-tuned", "raw").build()) {
            assertThatThrownBy(() -> fusion.fit(rows))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("Extractor 'doubled' gives 5 features; write 'doubled-tuned' in place of"
                            + " 'doubled9-tuned'");
        }
    }
}
