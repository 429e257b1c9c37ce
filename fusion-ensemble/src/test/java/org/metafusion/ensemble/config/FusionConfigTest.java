package org.metafusion.ensemble.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.fusion.OperatorSizes;
import org.metafusion.core.student.HeadSpec;
import org.metafusion.ensemble.committee.CombinationRule;
import org.metafusion.ensemble.fit.FitOptions;
import org.metafusion.ensemble.fit.RhoJudge;
import org.metafusion.ensemble.fit.ValidationOptions;
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
              cross-fitting { folds = 7, below = 150 }
              cohort {
                representations { image = [raw, pca32], text = [raw, "enc64(128,96)", con64-tuned] }
                encoders { clip = clip.onnx, voice = "voice.onnx#pooled" }
                hidden = [[128, 64]], suited-heads = false
                operators = [concatenation, tensor, mean32, low-rank32x8]
                operator-width = 16, operator-rank = 2
                max-students = 12
              }
              training {
                epochs = 20, batch-size = 32, learning-rate = 1e-2, weight-decay = 0, dropout = 0.5
                patience = 4, temperature = 2, target-deviation = 3, modality-dropout = 0.2
                modulation = agm, modulation-alpha = 0.5, modulation-cap = 2, modulation-scope = gradient
              }
              mutual { scheme = all-pairs, rhos = [0, 1.5], clusters = elbow, judge = top-performers, continued = true }
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
        return FusionConfig.defaults().withSources(Optional.of(file(text)), system, environment);
    }

    private FusionConfig load(String text) {
        return load(text, Map.of(), Map.of());
    }

    @Test
    void withoutSourcesTheDefaultsHold() {
        FusionConfig config =
                FusionConfig.defaults().withSources(Optional.empty(), new Properties(), Map.of("PATH", "/bin"));
        assertThat(config).isEqualTo(new FusionConfig("auto", 0, FitOptions.defaults()));
    }

    @Test
    void theServersTokenInTheEnvironmentIsNoSetting() {
        assertThat(FusionConfig.defaults()
                        .withSources(Optional.empty(), new Properties(), Map.of("FUSION_ADMIN_TOKEN", "secret")))
                .isEqualTo(FusionConfig.defaults());
    }

    @Test
    void sourcesGoOverOtherDefaultsAndLeaveTheRest() {
        FusionConfig paper = FusionConfig.defaults().with(Map.of("training.epochs", "9", "training.dropout", "0"));
        FusionConfig config =
                paper.withSources(Optional.of(file("fusion.training.epochs = 4")), new Properties(), Map.of());
        assertThat(config).isEqualTo(paper.with(Map.of("training.epochs", "4")));
    }

    @Test
    void aFileSetsEverything() {
        FusionConfig config = load(EVERYTHING);
        assertThat(config.backend()).isEqualTo("cpu");
        assertThat(config.threads()).isEqualTo(3);
        FitOptions options = config.options();
        assertThat(options.validation()).isEqualTo(new ValidationOptions(0.25, 7, 150));
        assertThat(options.training())
                .isEqualTo(new TrainingOptions(20, 32, 1e-2f, 0f, 0.5f, 4, 2f, 3f, 0.2f, 9_000_000_000L));
        assertThat(options.cohort().representations())
                .isEqualTo(Map.of(
                        "image", List.of("raw", "pca32"), "text", List.of("raw", "enc64(128,96)", "con64-tuned")));
        assertThat(options.cohort().encoders()).isEqualTo(Map.of("clip", "clip.onnx", "voice", "voice.onnx#pooled"));
        assertThat(options.cohort().heads()).isEqualTo(List.of(HeadSpec.of(128, 64)));
        assertThat(options.cohort().suitedHeads()).isFalse();
        assertThat(options.cohort().operators())
                .isEqualTo(List.of("concatenation", "tensor", "mean32", "low-rank32x8"));
        assertThat(options.cohort().operatorSizes()).isEqualTo(new OperatorSizes(16, 2));
        assertThat(options.cohort().maxStudents()).isEqualTo(12);
        assertThat(options.mutual().scheme()).isEqualTo(DivergenceScheme.ALL_PAIRS);
        assertThat(options.mutual().rhos()).isEqualTo(List.of(0.0, 1.5));
        assertThat(options.mutual().clusters()).isEqualTo(ClusterCount.ELBOW);
        assertThat(options.mutual().judge()).isEqualTo(RhoJudge.TOP_PERFORMERS);
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
    }

    @Test
    void asAFileItIsWhatDiffersFromTheDefaultsButForTheMachine() {
        assertThat(FusionConfig.defaults().asFile()).isEmpty();
        FusionConfig config = load(EVERYTHING);
        FusionConfig back = load(config.asFile());
        assertThat(back.options()).isEqualTo(config.options());
        assertThat(back.backend()).isEqualTo("auto");
        assertThat(back.threads()).isZero();
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

    @ParameterizedTest
    @CsvSource({"fusion.backend, auto", "fusion.training.batch-size, 64", "fusion.cohort.hidden, '[[128],[]]'"})
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
        FusionConfig config = FusionConfig.defaults().withSources(Optional.empty(), table, Map.of());
        assertThat(config).isEqualTo(FusionConfig.defaults()).isNotEqualTo(odd);
    }
}
