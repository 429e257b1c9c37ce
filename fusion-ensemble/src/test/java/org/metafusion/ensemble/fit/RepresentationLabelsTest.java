package org.metafusion.ensemble.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.representation.EncoderForm;
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
                        + "'; use raw, pca32, enc64 or enc64(128,96), with widths of your own up to 999999");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pca0", "enc0", "enc0(5)", "enc5(0)", "enc5(4,0)"})
    void refusesWidthsOfZero(String label) {
        assertThatThrownBy(() -> RepresentationLabels.parse(List.of(label)))
                .isInstanceOf(FusionException.class)
                .hasMessage("Representation '" + label + "' has a width of 0; give it 1 or more");
    }

    @Test
    void readsWhatIsFineTuned() {
        Representation.Extracted sup = new Representation.Extracted("sup", 8);
        Representation.Extracted con = new Representation.Extracted("con", 64);
        List<Representation> read = RepresentationLabels.parse(List.of("sup8-tuned", "con64-tuned"));
        assertThat(read)
                .containsExactly(
                        new Representation.Tuned(sup, new EncoderForm(List.of(256, 8), false)),
                        new Representation.Tuned(con, new EncoderForm(List.of(256, 64), true)));
        assertThat(read).extracting(Representation::label).containsExactly("sup8-tuned", "con64-tuned");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pca30-tuned| Representation 'pca30-tuned' cannot be fine-tuned: extractor 'pca' fits no dense encoder;"
                        + " those that do are [ae, con, sup], or use 'pca30' as it is",
                "raw-tuned| Representation 'raw-tuned' has no encoder trained beforehand to start from; use sup64-tuned,"
                        + " ae64-tuned or con64-tuned, or 'raw' as it is",
                "enc64(128,96)-tuned| Representation 'enc64(128,96)-tuned' has no encoder trained beforehand to start"
                        + " from; use sup64-tuned, ae64-tuned or con64-tuned, or 'enc64(128,96)' as it is",
                "con-tuned| Extractor 'con' needs a width; write 'con32-tuned' in place of 'con-tuned', with a width of"
                        + " your own",
                "umap8-tuned| Unknown extractor 'umap'; known are [ae, cca, con, forest, kpca, laplace, pca, rff, sup]",
                "-tuned| Unknown representation '-tuned'; use raw, pca32, enc64 or enc64(128,96), with widths of your own up to 999999"
            })
    void saysWhatCannotBeFineTuned(String label, String message) {
        assertThatThrownBy(() -> RepresentationLabels.parse(List.of(label)))
                .isInstanceOf(FusionException.class)
                .hasMessage(message);
    }

    @Test
    void theNotationOfALabelIsCheckedWithoutExtractors() {
        RepresentationLabels.requireLabel("clip-tuned");
        RepresentationLabels.requireLabel("clip");
        assertThatThrownBy(() -> RepresentationLabels.requireLabel("con 64-tuned"))
                .isInstanceOf(FusionException.class)
                .hasMessage("Unknown representation 'con 64-tuned'; use raw, pca32, enc64 or enc64(128,96), with widths"
                        + " of your own up to 999999");
    }
}
