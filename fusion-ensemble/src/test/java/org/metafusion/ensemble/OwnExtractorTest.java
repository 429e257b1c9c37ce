package org.metafusion.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.StoredModel;
import org.metafusion.core.representation.FittedExtractor;
import org.metafusion.core.representation.ModalityExtractor;
import org.metafusion.core.representation.StandardisedRows;
import org.metafusion.ensemble.model.FusionModel;

/** Extractors of the user's, a fixed one as a pretrained encoder is and one with widths. */
final class OwnExtractorTest {

    /** A pretrained encoder: the squares of the features and a factor it was trained to. */
    private record Squares(float factor) implements ModalityExtractor {

        @Override
        public String name() {
            return "squares";
        }

        @Override
        public OptionalInt ownWidth() {
            return OptionalInt.of(8);
        }

        @Override
        public List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed) {
            return List.of(new Fitted(widths[0], factor));
        }

        @Override
        public FittedExtractor restore(Map<String, float[]> state) {
            float[] stored = state.getOrDefault("factor", new float[1]);
            return new Fitted(8, stored[0]);
        }

        private record Fitted(int width, float factor) implements FittedExtractor {

            @Override
            public float[] apply(float[] values, int rows) {
                float[] squares = new float[values.length];
                for (int i = 0; i < squares.length; i++) {
                    squares[i] = factor * values[i] * values[i];
                }
                return squares;
            }

            @Override
            public Map<String, float[]> state() {
                return Map.of("factor", new float[] {factor});
            }
        }
    }

    private static MetaFusion.Builder configure(String image) {
        return TinyData.tiny()
                .options(TinyData.options(
                        Map.of("image", List.of(image), "text", List.of("pca3")), List.of("concatenation"), 3));
    }

    @Test
    void isUsedByItsNameStoredByItsStateAndNeededAgain() {
        MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 80, true);
        StoredModel stored;
        List<double[]> values;
        try (MetaFusion fusion =
                        configure("squares").extractor(new Squares(0.5f)).build();
                FusionModel model = fusion.fit(rows).model()) {
            stored = model.toStored();
            values = TinyData.values(model.predict(rows.samples()));
        }
        // a registered encoder with another factor: what was stored counts
        try (MetaFusion elsewhere = TinyData.tiny().extractor(new Squares(7)).build();
                FusionModel restored = elsewhere.load(stored)) {
            assertThat(TinyData.values(restored.predict(rows.samples())))
                    .usingRecursiveComparison()
                    .isEqualTo(values);
        }
        try (MetaFusion without = TinyData.tiny().build()) {
            assertThatThrownBy(() -> without.load(stored))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("The model reads modality 'image' through extractor 'squares', which is not known here;"
                            + " known are " + known() + "; register it where the model is loaded:"
                            + " MetaFusion.configure().extractor(...)");
        }
    }

    private static List<String> known() {
        return List.copyOf(
                org.metafusion.ensemble.fit.Extractors.standard().byName().keySet());
    }

    @Test
    void isNamedWhereItIsNotRegisteredAtTheFit() {
        try (MetaFusion fusion = configure("squares").build()) {
            assertThatThrownBy(() -> fusion.fit(TinyData.of(TinyData.CLASSES, 80, false)))
                    .isInstanceOf(FusionException.class)
                    .hasMessage("Unknown extractor 'squares'; known are " + known());
        }
    }

    private record Named(String name) implements ModalityExtractor {
        @Override
        public List<FittedExtractor> fit(StandardisedRows rows, int[] widths, long seed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FittedExtractor restore(Map<String, float[]> state) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CLIP", "clip32", "-clip", "a b", "raw", "enc", "null", "clip-tuned"})
    void needsANameThatLabelsCanHold(String name) {
        assertThatThrownBy(() -> TinyData.tiny().extractor(new Named(name)).build())
                .isInstanceOf(FusionException.class)
                .hasMessage("An extractor cannot be named '" + name + "'; use lower-case letters with digits, '-' and"
                        + " '_' between them, other than [raw, enc, null] and without '-tuned' at the"
                        + " end");
    }

    @Test
    void needsANameOfItsOwn() {
        assertThatThrownBy(() -> TinyData.tiny().extractor(new Named("pca")).build())
                .isInstanceOf(FusionException.class)
                .hasMessage("There are two extractors 'pca'; give each a name of its own");
    }

    static Stream<String> widened() {
        return Stream.of("kpca64", "laplace64", "rff64");
    }

    @ParameterizedTest
    @MethodSource("widened")
    void representationsMayBeWiderThanTheModality(String label) {
        MultimodalDataset rows = TinyData.of(TinyData.VALUE, 80, true);
        try (MetaFusion fusion = configure(label).build();
                FusionModel model = fusion.fit(rows).model();
                FusionModel restored = fusion.load(model.toStored())) {
            assertThat(TinyData.values(restored.predict(rows.samples())))
                    .usingRecursiveComparison()
                    .isEqualTo(TinyData.values(model.predict(rows.samples())));
        }
    }
}
