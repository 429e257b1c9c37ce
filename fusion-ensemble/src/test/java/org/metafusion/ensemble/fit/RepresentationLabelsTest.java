package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.Representation;

final class RepresentationLabelsTest {

    @Test
    void readsEachKind() {
        assertThat(RepresentationLabels.parse(List.of("raw", "pca32", "enc64", "enc64(128,96)", "enc7(3)")))
                .containsExactly(
                        new Representation.Raw(),
                        new Representation.Extracted("pca", 32),
                        new Representation.Encoded(List.of(256), 64),
                        new Representation.Encoded(List.of(128, 96), 64),
                        new Representation.Encoded(List.of(3), 7));
    }

    @Test
    void readsWhatRepresentationsAreLabelled() {
        List<String> labels = List.of("raw", "pca32", "enc64", "enc64(128,96)", "enc7(3)", "clip");
        assertThat(RepresentationLabels.parse(labels))
                .extracting(Representation::label)
                .isEqualTo(labels);
    }

    @Test
    void extractorsOfOtherNamesAreForTheTrainerToKnow() {
        assertThat(RepresentationLabels.parse(List.of("umap8")))
                .containsExactly(new Representation.Extracted("umap", 8));
        assertThat(RepresentationLabels.parse(List.of("clip-b32-v", "my_net16")))
                .containsExactly(
                        new Representation.Extracted("clip-b32-v", Representation.Extracted.OWN_WIDTH),
                        new Representation.Extracted("my_net", 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "RAW", "enc", "32", "enc64()", "enc64(1,)", "enc64(1 2)", "pca-3", "pca9999999"})
    void refusesOthersInOneLine(String label) {
        assertThatThrownBy(() -> RepresentationLabels.parse(List.of("raw", label)))
                .isInstanceOf(FusionException.class)
                .hasMessage("Unknown representation '" + label
                        + "'; use raw, pca32, enc64 or enc64(128,96), with widths of your own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pca0", "enc0", "enc0(5)", "enc5(0)", "enc5(4,0)"})
    void refusesWidthsOfZero(String label) {
        assertThatThrownBy(() -> RepresentationLabels.parse(List.of(label)))
                .isInstanceOf(FusionException.class)
                .hasMessage("Representation '" + label + "' has a width of 0; give it 1 or more");
    }
}
