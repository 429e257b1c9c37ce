package org.metafusion.ensemble.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.screening.ClusterCount;
import org.metafusion.ensemble.screening.DivergenceScheme;
import org.metafusion.training.phase.TrainingOptions;

final class FusionConfigTest {

    @TempDir
    Path folder = Path.of("");

    private static final String EVERYTHING = """
            fusion {
              backend = cpu
              threads = 3
              seed = 9000000000
              validation-fraction = 0.25
              cohort {
                representations { image = [raw, pca32], text = [raw, "enc64(128,96)"] }
                hidden = [[128, 64], []]
                operators = [concatenation, tensor]
                max-students = 12
              }
              training {
                epochs = 20, batch-size = 32, learning-rate = 1e-2, weight-decay = 0, dropout = 0.5
                patience = 4, temperature = 2
              }
              mutual { scheme = all-pairs, rhos = [0, 1.5], clusters = elbow, continued = true }
              committee { rule = best-single, prune-fraction = 0.5, initial-members = 2, max-members = 7 }
            }
            """;

    private Path file(String text) {
        try {
            return Files.writeString(folder.resolve("my.conf"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private FusionConfig load(String text, Map<String, String> environment, Map<String, String> properties) {
        Properties system = new Properties();
        system.putAll(properties);
        return FusionConfig.load(Optional.of(file(text)), system, environment);
    }

    private FusionConfig load(String text) {
        return load(text, Map.of(), Map.of());
    }

    @Test
    void withoutSourcesTheDefaultsHold() {
        FusionConfig config = FusionConfig.load(Optional.empty(), new Properties(), Map.of("PATH", "/bin"));
        assertThat(config).isEqualTo(new FusionConfig("auto", 0, FitOptions.defaults()));
    }

    @Test
    void aFileSetsEverything() {
        FusionConfig config = load(EVERYTHING);
        assertThat(config.backend()).isEqualTo("cpu");
        assertThat(config.threads()).isEqualTo(3);
        FitOptions options = config.options();
        assertThat(options.validationFraction()).isEqualTo(0.25);
        assertThat(options.training()).isEqualTo(new TrainingOptions(20, 32, 1e-2f, 0f, 0.5f, 4, 2f, 9_000_000_000L));
        assertThat(options.cohort().representations())
                .isEqualTo(Map.of("image", List.of("raw", "pca32"), "text", List.of("raw", "enc64(128,96)")));
        assertThat(options.cohort().heads()).isEqualTo(List.of(HeadSpec.of(128, 64), HeadSpec.LINEAR));
        assertThat(options.cohort().operators()).isEqualTo(List.of("concatenation", "tensor"));
        assertThat(options.cohort().maxStudents()).isEqualTo(12);
        assertThat(options.mutual().scheme()).isEqualTo(DivergenceScheme.ALL_PAIRS);
        assertThat(options.mutual().rhos()).isEqualTo(List.of(0.0, 1.5));
        assertThat(options.mutual().clusters()).isEqualTo(ClusterCount.ELBOW);
        assertThat(options.mutual().continued()).isTrue();
        assertThat(options.rule()).isEqualTo(CombinationRule.BEST_SINGLE);
        assertThat(options.selection().pruneFraction()).isEqualTo(0.5);
        assertThat(options.selection().initialMembers()).isEqualTo(2);
        assertThat(options.selection().maxMembers()).isEqualTo(7);
    }

    @Test
    void everyKeyIsInTheFileAboveAndIsReadBackFromItsOwnNotation() {
        FusionConfig config = load(EVERYTHING);
        FusionConfig defaults = FusionConfig.defaults();
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            assertThat(key.plain(config)).as(key.path()).isNotEqualTo(key.plain(defaults));
            assertReadsBack(key, config);
            assertReadsBack(key, defaults);
        }
        StringBuilder written = new StringBuilder();
        config.values().forEach((path, value) -> written.append(path + " = " + Notation.of(value) + "\n"));
        assertThat(load(written.toString())).isEqualTo(config);
    }

    private static <T> void assertReadsBack(ConfigKey<T> key, FusionConfig config) {
        assertThat(key.type().read(key.plain(config)))
                .as(key.path())
                .contains(key.current().apply(config));
    }

    @Test
    void propertiesGoBeforeTheEnvironmentAndThatBeforeTheFile() {
        String file = "fusion { threads = 1, training { epochs = 1, patience = 1 }, committee.rule = greedy }";
        FusionConfig config = load(
                file,
                Map.of(
                        "FUSION_THREADS", "2",
                        "FUSION_TRAINING_EPOCHS", "2",
                        "FUSION_TRAINING_BATCH_SIZE", "2",
                        "FUSION_HOME", "/opt/fusion",
                        "FUSION_JAVA_OPTS", "-Xmx1g",
                        "FUSION_OPTS", "-v"),
                Map.of(
                        "fusion.threads", "3",
                        "fusion.oracle.dir", "x",
                        "fusion.cpu.products", "plain",
                        "fusion.require", "cuda"));
        assertThat(config.threads()).isEqualTo(3);
        assertThat(config.options().training().epochs()).isEqualTo(2);
        assertThat(config.options().training().batchSize()).isEqualTo(2);
        assertThat(config.options().training().patience()).isEqualTo(1);
        assertThat(config.options().rule()).isEqualTo(CombinationRule.GREEDY);
    }

    @Test
    void representationsOfSeveralSourcesAreJoinedByModality() {
        FusionConfig config = load(
                "fusion.cohort.representations { image = [raw], text = [raw] }",
                Map.of("FUSION_COHORT_REPRESENTATIONS", "{ sound = [pca8] }"),
                Map.of("fusion.cohort.representations.text", "pca3, enc4(9,8)"));
        assertThat(config.options().cohort().representations())
                .isEqualTo(Map.of(
                        "image", List.of("raw"), "text", List.of("pca3", "enc4(9,8)"), "sound", List.of("pca8")));
    }

    @Test
    void overridesChangeWhatTheyName() {
        FusionConfig config = load("fusion.threads = 4");
        FusionConfig changed = config.with(Map.of(
                "training.epochs", "5", "fusion.seed", "11", "mutual.rhos", "0,2", "cohort.hidden", "[[16],[]]"));
        assertThat(changed.threads()).isEqualTo(4);
        assertThat(changed.options().training().epochs()).isEqualTo(5);
        assertThat(changed.options().training().seed()).isEqualTo(11);
        assertThat(changed.options().mutual().rhos()).isEqualTo(List.of(0.0, 2.0));
        assertThat(changed.options().cohort().heads()).isEqualTo(List.of(HeadSpec.of(16), HeadSpec.LINEAR));
        assertThat(changed.with(Map.of("cohort.hidden", "64,32"))
                        .options()
                        .cohort()
                        .heads())
                .isEqualTo(List.of(HeadSpec.of(64, 32)));
    }

    static Stream<Arguments> wrongFiles() {
        return Stream.of(
                Arguments.of(
                        "fusion {\n training {\n  epoch = 3\n }\n}",
                        "Unknown key 'fusion.training.epoch' (my.conf:3); did you mean 'fusion.training.epochs'?"),
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
                                + " tensor-augmented but is [concatenation, sum] (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.hidden = [[0]]",
                        "Key 'fusion.cohort.hidden' must be a list of heads, each a list of hidden widths such as"
                                + " [[128], [64, 32]] but is [[0]] (my.conf:1)"),
                Arguments.of(
                        "fusion.cohort.representations.image = [raw, big]",
                        "Key 'fusion.cohort.representations.image' must be representations by modality, such as"
                                + " { image = [raw, pca32, enc64, \"enc64(128,96)\"] } but is {image=[raw, big]}"
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

    @ParameterizedTest
    @CsvSource({"fusion.backend, auto", "fusion.training.batch-size, 64", "fusion.cohort.hidden, [[128]]"})
    void keysAreDocumentedWithTheDefaultsOfTheCode(String path, String value) {
        FusionConfig.Key key = FusionConfig.keys().stream()
                .filter(k -> k.path().equals(path))
                .findFirst()
                .orElseThrow();
        assertThat(key.defaultValue()).isEqualTo(value);
        assertThat(FusionConfig.keys())
                .allMatch(k -> k.meaning().endsWith(".") && !k.type().isBlank())
                .extracting(FusionConfig.Key::path)
                .doesNotHaveDuplicates();
    }

    @Test
    void aTableOfTheDefaultsIsTheDefaults() {
        FusionConfig odd = load(EVERYTHING);
        Properties table = new Properties();
        FusionConfig.keys().forEach(key -> table.setProperty(key.path(), key.defaultValue()));
        FusionConfig config = FusionConfig.load(Optional.empty(), table, Map.of());
        assertThat(config).isEqualTo(FusionConfig.defaults()).isNotEqualTo(odd);
    }
}
