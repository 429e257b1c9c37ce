package org.metafusion.ensemble.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.metafusion.core.FusionException;
import org.metafusion.core.modality.MultimodalDataset;
import org.metafusion.core.port.TrainingListener;
import org.metafusion.core.tensor.BackendConfig;
import org.metafusion.core.tensor.TensorBackend;
import org.metafusion.cpu.CpuBackendProvider;
import org.metafusion.ensemble.TinyData;
import org.metafusion.ensemble.config.FusionConfig;

/** A search in which one key decides: at a learning rate of 1e-6 nothing is learned. */
final class ConfigurationSearchTest {

    private static final SearchSpace SPACE = SearchSpace.of(ordered(
            "training.learning-rate", List.of("0.000001", "0.01"),
            "training.dropout", List.of("0", "0.1"),
            "committee.rule", List.of("simple-average", "best-single", "stacking")));

    private final TensorBackend backend = new CpuBackendProvider().open(new BackendConfig(1));
    private final MultimodalDataset rows = TinyData.of(TinyData.CLASSES, 90, false);

    @AfterEach
    void close() {
        backend.close();
    }

    private static Map<String, List<String>> ordered(
            String a, List<String> as, String b, List<String> bs, String c, List<String> cs) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put(a, as);
        values.put(b, bs);
        values.put(c, cs);
        return values;
    }

    /** Two epochs of a few small students, judged by a holdout. */
    private static FusionConfig config() {
        return new FusionConfig("cpu", 1, TinyData.options())
                .with(Map.of(
                        "cross-fitting.below", "0",
                        "mutual.rhos", "[0]",
                        "training.epochs", "2",
                        "training.learning-rate", "0.0001",
                        "cohort.max-students", "4"));
    }

    private SearchOptions options(int trials, double seconds) {
        return new SearchOptions(trials, seconds, 3, 1, 5, Criterion.LOSS);
    }

    private SearchResult search(SearchOptions options, SearchJournal journal) {
        return new ConfigurationSearch(backend, config(), SPACE, options, journal).run(rows, SearchListener.SILENT);
    }

    /** In memory. */
    private static final class Kept implements SearchJournal {
        private final List<Score> scores = new ArrayList<>();

        @Override
        public Optional<Score> find(int trial, int fold) {
            return scores.stream()
                    .filter(s -> s.trial() == trial && s.fold() == fold)
                    .findFirst();
        }

        @Override
        public void add(Score score) {
            assertThat(find(score.trial(), score.fold())).isEmpty();
            scores.add(score);
        }
    }

    @Test
    void theKeyThatDecidesIsFoundAndSaid() {
        SearchResult result = search(options(9, 1000), SearchJournal.NONE);
        assertThat(result.isComplete()).isTrue();
        assertThat(result.best().trial().settings()).containsEntry("training.learning-rate", "0.01");
        assertThat(result.best().scores()).hasSize(3);
        assertThat(result.gain(Criterion.LOSS, rows.task()))
                .isPositive()
                .isCloseTo(-result.best().excess(), within(1e-12));
        Influence first = result.influences().get(0);
        assertThat(first.key()).isEqualTo("training.learning-rate");
        assertThat(first.share()).isGreaterThan(0.5);
        assertThat(first.values().get(0).value()).isEqualTo("0.01");
        assertThat(result.influences()).allMatch(influence -> influence.share() >= 0 && influence.share() <= 1 + 1e-9);
    }

    @Test
    void theWorseHalfDropsOutAtEachRungAndWhatWasConfiguredNeverDoes() {
        SearchResult result = search(options(9, 1000), SearchJournal.NONE);
        assertThat(result.configured().scores()).hasSize(3);
        assertThat(result.configured().excess()).isZero();
        List<Integer> reached =
                result.trials().stream().map(trial -> trial.scores().size()).toList();
        assertThat(reached).hasSize(9).isSortedAccordingTo((a, b) -> b - a).contains(1, 2, 3);
        assertThat(reached.stream().filter(folds -> folds == 1)).hasSizeBetween(3, 4);
    }

    @Test
    void aStoppedSearchGoesOnToTheSameResult() {
        Kept journal = new Kept();
        SearchResult whole = search(options(6, 1000), journal);
        Kept half = new Kept();
        half.scores.addAll(journal.scores.subList(0, journal.scores.size() / 2));
        SearchResult resumed = search(options(6, 1000), half);
        assertThat(resumed.trials())
                .extracting(TrialResult::trial, TrialResult::mean)
                .isEqualTo(whole.trials().stream()
                        .map(t -> org.assertj.core.groups.Tuple.tuple(t.trial(), t.mean()))
                        .toList());
        assertThat(half.scores).hasSameSizeAs(journal.scores);
    }

    @Test
    void withoutTimeWhatWasConfiguredIsStillScored() {
        SearchResult result = search(options(9, 1e-9), SearchJournal.NONE);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.trials()).hasSize(1);
        assertThat(result.best().trial().number()).isZero();
        assertThat(result.influences()).isEmpty();
    }

    @Test
    void aTrialThatCannotBeFittedIsLeftOutAndSaid() {
        SearchSpace space = SearchSpace.of(
                Map.of("cohort.representations", List.of("{image=[raw],text=[raw]}", "{image=[nosuch8],text=[raw]}")));
        List<String> said = new ArrayList<>();
        SearchResult result = new ConfigurationSearch(backend, config(), space, options(3, 1000), SearchJournal.NONE)
                .run(rows, (trial, fold, alive) -> new TrainingListener() {
                    @Override
                    public void message(String text) {
                        said.add(text);
                    }
                });
        assertThat(said).anyMatch(text -> text.matches("Trial \\d is left out: Unknown extractor 'nosuch'.*"));
        assertThat(result.best().trial().settings().toString()).doesNotContain("nosuch");
    }

    @Test
    void drawsAreDistinctRepeatableAndBeginWithNothingChanged() {
        FusionConfig configured = config();
        List<Trial> trials = SPACE.draw(configured, 12, 3);
        assertThat(trials)
                .doesNotHaveDuplicates()
                .isEqualTo(SPACE.draw(configured, 12, 3))
                .isNotEqualTo(SPACE.draw(configured, 12, 4));
        assertThat(trials.get(0).settings()).isEmpty();
        assertThat(SPACE.draw(configured, 500, 3)).hasSize(13);
        assertThat(SPACE.size(configured)).isEqualTo(13);
    }

    @Test
    void noTrialComesToWhatWasConfigured() {
        SearchSpace space = SearchSpace.of(Map.of("training.dropout", List.of("0.30", "0.1", "0.10")));
        assertThat(space.size(FusionConfig.defaults())).isEqualTo(3);
        assertThat(space.draw(FusionConfig.defaults(), 10, 1))
                .extracting(Trial::settings)
                .hasSize(2)
                .contains(Map.of())
                .doesNotContain(Map.of("training.dropout", "0.30"));
    }

    @Test
    void ofTrialsWithoutEffectOnlyTheFirstGoesOn() {
        SearchSpace space = SearchSpace.of(Map.of(
                "mutual.clusters", List.of("silhouette", "elbow"), "mutual.continued", List.of("false", "true")));
        SearchResult result = new ConfigurationSearch(backend, config(), space, options(4, 1000), SearchJournal.NONE)
                .run(rows, SearchListener.SILENT);
        assertThat(result.trials()).hasSize(4);
        assertThat(result.trials().get(0).trial().number()).isZero();
        assertThat(result.trials().get(0).scores()).hasSize(3);
        assertThat(result.trials().subList(1, 4)).allSatisfy(trial -> {
            assertThat(trial.excess()).isZero();
            assertThat(trial.scores()).hasSize(1);
        });
    }

    @ParameterizedTest
    @CsvSource({"-0.2, 0.1, true", "-0.1, 0.2, false", "0.2, 0.1, false", "-0.2, NaN, false"})
    void aTrialIsClearlyBetterByMoreThanAStandardError(double excess, double error, boolean isBetter) {
        TrialResult result = new TrialResult(new Trial(1, Map.of()), List.of(), 0.5, excess, error);
        assertThat(result.isClearlyBetter()).isEqualTo(isBetter);
    }

    @Test
    void aFoldThatTimeCutShortIsLeftOut() {
        Kept journal = new Kept();
        search(options(9, 1000), journal);
        int last = journal.scores.size() - 1;
        assertThat(journal.scores.remove(last).fold()).isEqualTo(2);
        SearchResult result = search(options(9, 1e-9), journal);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.trials())
                .allSatisfy(trial -> assertThat(trial.scores()).hasSizeLessThan(3));
    }

    @Test
    void withASingleFoldWhatWasConfiguredStays() {
        Kept journal = new Kept();
        search(options(9, 1000), journal);
        journal.scores.removeIf(score -> score.fold() > 0);
        SearchResult result = search(options(9, 1e-9), journal);
        assertThat(result.isComplete()).isFalse();
        assertThat(result.trials().get(0).trial().number()).isNotZero();
        assertThat(result.best()).isEqualTo(result.configured());
    }

    @Test
    void theStandardSpaceIsAccepted() {
        SearchSpace space = SearchSpace.standard(rows.modalities(), rows.rows());
        for (Trial trial : space.draw(FusionConfig.defaults(), 40, 1)) {
            assertThat(FusionConfig.defaults().with(trial.settings())).isNotNull();
        }
    }

    @Test
    void badSpacesAreRefused() {
        assertThatThrownBy(() -> SearchSpace.of(Map.of()))
                .isInstanceOf(FusionException.class)
                .hasMessage("A search needs one key or more to vary");
        assertThatThrownBy(() -> new Dimension("training.dropout", List.of("0.1", "0.1")))
                .isInstanceOf(FusionException.class)
                .hasMessage("A search needs two different values or more of 'training.dropout' but got [0.1, 0.1]");
        assertThatThrownBy(() -> new Dimension("training.dropout", List.of("0.1", "2")))
                .isInstanceOf(FusionException.class)
                .hasMessageContaining("training.dropout");
        assertThatThrownBy(() -> new Dimension("training.dorpout", List.of("0.1", "0.2")))
                .isInstanceOf(FusionException.class)
                .hasMessageContaining("training.dorpout");
    }

    @Test
    void aFileGivesTheSpace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("space.conf"), """
                training { dropout = [0, 0.3] }
                cohort.hidden = [[[128], []], [[64], []]]
                cohort.representations = [{ image = [raw] }, { image = [raw, pca4] }]
                """);
        SearchSpace space = SpaceFile.read(file);
        assertThat(space.size(FusionConfig.defaults())).isEqualTo(9);
        assertThat(space.dimensions())
                .extracting(Dimension::key)
                .containsExactly("cohort.hidden", "cohort.representations", "training.dropout");
        Path single = Files.writeString(folder.resolve("single.conf"), "training.dropout = 0.3");
        assertThatThrownBy(() -> SpaceFile.read(single))
                .isInstanceOf(FusionException.class)
                .hasMessage("Search space '" + single + "' must give 'training.dropout' a list of values to try but"
                        + " gives 0.3");
        assertThatThrownBy(() -> SpaceFile.read(folder.resolve("none.conf")))
                .isInstanceOf(FusionException.class)
                .hasMessage("Search space '" + folder.resolve("none.conf") + "' cannot be read; check the path");
    }
}
