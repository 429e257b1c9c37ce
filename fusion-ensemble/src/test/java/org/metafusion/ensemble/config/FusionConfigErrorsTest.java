package org.metafusion.ensemble.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.FusionException;

/** Whatever is wrong with a configuration is said in one line, with its place. */
final class FusionConfigErrorsTest {

    @TempDir
    Path folder = Path.of("");

    private FusionConfig load(String text, Map<String, String> environment, Map<String, String> properties) {
        Properties system = new Properties();
        system.putAll(properties);
        try {
            Path file = Files.writeString(folder.resolve("my.conf"), text);
            return FusionConfig.defaults().withSources(Optional.of(file), system, environment);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private FusionConfig load(String text) {
        return load(text, Map.of(), Map.of());
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of(
                        "fusion {\n training {\n  epoch = 3\n }\n}",
                        "Unknown key 'fusion.training.epoch' (my.conf:3); did you mean 'fusion.training.epochs'?"),
                Arguments.of(
                        "fusion.a = b",
                        "Unknown key 'fusion.a' (my.conf:1); the command 'fusion config' lists those there are"),
                Arguments.of(
                        "training.epochs = 3",
                        "Unknown key 'training.epochs' (my.conf:1); did you mean 'fusion.training.epochs'?"),
                Arguments.of(
                        "\n\nfusion.training.epochs = many",
                        "Key 'fusion.training.epochs' must be a whole number of 1 or more but is 'many' (my.conf:3)"),
                Arguments.of(
                        "fusion.training.epochs = 1.5",
                        "Key 'fusion.training.epochs' must be a whole number of 1 or more but is 1.5 (my.conf:1)"),
                Arguments.of(
                        "fusion.training.epochs = [3]",
                        "Key 'fusion.training.epochs' must be a whole number of 1 or more but is [3] (my.conf:1)"),
                Arguments.of(
                        "fusion.training.learning-rate = 2",
                        "Key 'fusion.training.learning-rate' must be a number above 0 and at most 1 but is 2"
                                + " (my.conf:1)"),
                Arguments.of(
                        "fusion.training.learning-rate = 1e-60",
                        "Key 'fusion.training.learning-rate' must be a number above 0 and at most 1 but is 1.0E-60"
                                + " (my.conf:1)"),
                Arguments.of(
                        "fusion.validation-fraction = 1",
                        "Key 'fusion.validation-fraction' must be a number between 0 and 1, both excluded but is 1"
                                + " (my.conf:1)"),
                Arguments.of(
                        "fusion.threads = -1",
                        "Key 'fusion.threads' must be a whole number of 0 or more but is -1 (my.conf:1)"),
                Arguments.of(
                        "fusion.mutual.continued = 1",
                        "Key 'fusion.mutual.continued' must be true or false but is 1 (my.conf:1)"),
                Arguments.of(
                        "fusion.mutual.rhos = []",
                        "Key 'fusion.mutual.rhos' must be a list of numbers of 0 or more but is [] (my.conf:1)"),
                Arguments.of(
                        "fusion.mutual.scheme = everybody",
                        "Key 'fusion.mutual.scheme' must be one of adaptive, all-pairs, none but is 'everybody'"
                                + " (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.operators = [concatenation, sum]",
                        "Key 'fusion.cohort.operators' must be a list of concatenation, product, tensor,"
                                + " tensor-augmented, low-rank, mean, factorised, gated, attention, film, the last 6 also with sizes such as"
                                + " mean32 or low-rank32x8, up to 999999 but is [concatenation, sum] (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.operators = [product32]",
                        "Key 'fusion.cohort.operators' must be a list of concatenation, product, tensor,"
                                + " tensor-augmented, low-rank, mean, factorised, gated, attention, film, the last 6 also with sizes"
                                + " such as mean32 or low-rank32x8, up to 999999 but is [product32] (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.operator-width = 0",
                        "Key 'fusion.cohort.operator-width' must be a whole number from 1 to 999999 but is 0 (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.operator-width = 1000000000",
                        "Key 'fusion.cohort.operator-width' must be a whole number from 1 to 999999 but is 1000000000"
                                + " (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.hidden = [[0]]",
                        "Key 'fusion.cohort.hidden' must be a list of heads, each a list of hidden widths such as"
                                + " [[128], [64, 32]] but is [[0]] (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.representations.image = [raw, 7big]",
                        "Key 'fusion.cohort.representations.image' must be representations by modality, such as"
                                + " { image = [raw, pca32, enc64, \"enc64(128,96)\"] }, with widths up to 999999 but is {image=[raw, 7big]}"
                                + " (my.conf:1)"),
                Arguments.of(
                        "fusion.training = fast",
                        "Key 'fusion.training' is a section with keys such as 'fusion.training.epochs' but is set to"
                                + " 'fast' (my.conf:1)"),
                Arguments.of(
                        "fusion.threads.cpu = 2",
                        "Unknown key 'fusion.threads.cpu' (my.conf:1); did you mean 'fusion.threads'?"),
                Arguments.of(
                        "fusion.committee { initial-members = 5\n max-members = 2 }",
                        "Section 'fusion.committee': A committee starts with 1 member or more and no more than its"
                                + " most members, but got 5 to start with and 2 at most (my.conf:1, my.conf:2)"));
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void namesTheKeyAndTheLine(String text, String message) {
        assertThatThrownBy(() -> load(text))
                .isInstanceOf(FusionException.class)
                .hasMessage(message.replace("my.conf", folder.resolve("my.conf").toString()));
    }

    @Test
    void namesThePropertyOrTheVariable() {
        assertThatThrownBy(() -> load("", Map.of(), Map.of("fusion.bakend", "cpu")))
                .hasMessage("Unknown key 'fusion.bakend' (system property); did you mean 'fusion.backend'?");
        assertThatThrownBy(() -> load("", Map.of("FUSION_SEEDS", "1"), Map.of()))
                .hasMessage("Unknown key 'FUSION_SEEDS' (environment); did you mean 'FUSION_SEED'?");
        assertThatThrownBy(() -> load("", Map.of("FUSION_SEED", "x"), Map.of()))
                .hasMessage("Key 'FUSION_SEED' must be a whole number but is 'x' (environment)");
        assertThatThrownBy(() -> FusionConfig.defaults().with(Map.of("seed", "")))
                .hasMessage("Key 'seed' must be a whole number but is '' (command line)");
        assertThatThrownBy(() -> FusionConfig.defaults().with(Map.of("sed", "1")))
                .hasMessage("Unknown key 'sed' (command line); did you mean 'fusion.seed'?");
    }

    @Test
    void aFileThatIsMissingOrBrokenIsNamed() {
        Path missing = folder.resolve("missing.conf");
        assertThatThrownBy(() -> FusionConfig.load(missing))
                .isInstanceOf(FusionException.class)
                .hasMessage("Configuration file '" + missing + "' cannot be read; check the path");
        assertThatThrownBy(() -> load("fusion {\n threads = \n"))
                .isInstanceOf(FusionException.class)
                .message()
                .startsWith("Configuration file '" + folder.resolve("my.conf") + "' cannot be understood: line 3: ")
                .doesNotContain("\n");
        assertThatThrownBy(() -> load("fusion.threads = ${THERE_IS_NO_SUCH_VARIABLE}"))
                .isInstanceOf(FusionException.class)
                .message()
                .doesNotContain("\n");
    }
}
